package dev.nslab.doctor;

import dev.nslab.doctor.Finding.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;

/** What an examination came to. */
public record Diagnosis(List<Finding> findings, List<Limit> limits) {

    public Status worst() {
        return findings.stream()
                .map(Finding::status)
                .max(Comparator.naturalOrder())
                .orElse(Status.GOOD);
    }

    /** All of it in one sentence. */
    public String summary(Locale language, MessageSource messages) {
        long notGood = findings.stream()
                .filter(finding -> finding.status() != Status.GOOD)
                .count();
        Object[] counts = {findings.size(), notGood};
        return Objects.requireNonNull(messages.getMessage("doctor.summary." + worst(), counts, language));
    }
}
