package dev.nslab.site;

import dev.nslab.doctor.Diagnosis;
import dev.nslab.exposure.ServerExposure;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows the person at this machine what it gives to sandboxes. If others can connect, too, only the operator may see
 * it: {@link DoctorEndpoint}.
 */
@Controller
class DoctorPage {

    /** For all clients together. Nobody reads the page more often. */
    private static final int VIEWS_PER_MINUTE = 60;

    private final Checkup checkup;
    private final ServerExposure exposure;
    private final MessageSource messages;
    private final Bucket views = Bucket.builder()
            .addLimit(limit -> limit.capacity(VIEWS_PER_MINUTE).refillGreedy(VIEWS_PER_MINUTE, Duration.ofMinutes(1)))
            .build();

    DoctorPage(Checkup checkup, ServerExposure exposure, MessageSource messages) {
        this.checkup = checkup;
        this.exposure = exposure;
        this.messages = messages;
    }

    @GetMapping("/doctor")
    @Nullable
    String show(Locale language, Model model, HttpServletResponse response) throws IOException {
        if (!exposure.isForOnePerson()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        ConsumptionProbe view = views.tryConsumeAndReturnRemaining(1);
        if (!view.isConsumed()) {
            refuse(Duration.ofNanos(view.getNanosToWaitForRefill()).toSeconds() + 1, response);
            return null;
        }
        Diagnosis diagnosis = checkup.diagnosis();
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

    /** Refuses in plain text, because a page would cost as much as what is refused. */
    private static void refuse(long seconds, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.getWriter().println("This page was opened too often just now. Try again in " + seconds + " s.");
    }
}
