package dev.nslab.system;

import dev.nslab.doctor.Doctor;
import dev.nslab.doctor.Finding;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class DoctorPage {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Doctor doctor;
    private final MessageSource messages;
    private List<Finding> findings = List.of();
    private long examinedAt;

    DoctorPage(Sandboxes sandboxes, SandboxLimits limits, MessageSource messages) {
        this.doctor = new Doctor(sandboxes, limits);
        this.messages = messages;
    }

    @GetMapping("/doctor")
    String show(Locale language, Model model) throws IOException {
        var found = examine().stream()
                .map(finding -> finding.in(language, messages))
                .toList();
        model.addAttribute("findings", found);
        return "doctor";
    }

    /** It makes a sandbox and more: whoever reloads the page without end gets what was found a moment ago. */
    private synchronized List<Finding> examine() throws IOException {
        if (findings.isEmpty() || System.nanoTime() - examinedAt > FRESH_NANOS) {
            findings = doctor.examine();
            examinedAt = System.nanoTime();
        }
        return findings;
    }
}
