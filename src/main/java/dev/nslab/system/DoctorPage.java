package dev.nslab.system;

import dev.nslab.doctor.Doctor;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class DoctorPage {

    private final Doctor doctor;
    private final MessageSource messages;

    DoctorPage(Sandboxes sandboxes, SandboxLimits limits, MessageSource messages) {
        this.doctor = new Doctor(sandboxes, limits);
        this.messages = messages;
    }

    @GetMapping("/doctor")
    String show(Locale language, Model model) throws IOException {
        var findings = doctor.examine().stream()
                .map(finding -> finding.in(language, messages))
                .toList();
        model.addAttribute("findings", findings);
        return "doctor";
    }
}
