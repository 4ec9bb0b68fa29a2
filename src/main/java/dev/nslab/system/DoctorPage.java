package dev.nslab.system;

import dev.nslab.doctor.Diagnosis;
import dev.nslab.doctor.Doctor;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class DoctorPage {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Doctor doctor;
    private final MessageSource messages;
    private @Nullable Diagnosis latest;
    private long examinedAt;

    DoctorPage(Sandboxes sandboxes, SandboxLimits limits, Environment settings, MessageSource messages) {
        this.doctor = new Doctor(sandboxes, limits, settings);
        this.messages = messages;
    }

    @GetMapping("/doctor")
    String show(Locale language, Model model) throws IOException {
        Diagnosis diagnosis = examine();
        model.addAttribute("worst", diagnosis.worst());
        model.addAttribute("summary", diagnosis.summary(language, messages));
        model.addAttribute(
                "findings",
                diagnosis.findings().stream()
                        .map(finding -> finding.in(language, messages))
                        .toList());
        model.addAttribute(
                "limits",
                diagnosis.limits().stream()
                        .map(limit -> limit.in(language, messages))
                        .toList());
        return "doctor";
    }

    /** It makes a sandbox and more: whoever reloads the page without end gets what was found a moment ago. */
    private synchronized Diagnosis examine() throws IOException {
        Diagnosis known = latest;
        if (known != null && System.nanoTime() - examinedAt < FRESH_NANOS) {
            return known;
        }
        Diagnosis fresh = doctor.examine();
        latest = fresh;
        examinedAt = System.nanoTime();
        return fresh;
    }
}
