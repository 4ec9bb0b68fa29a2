package dev.nslab.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The result of one examination. Its texts are messages: {@code doctor.CHECK} says what was tried, {@code
 * doctor.CHECK.OUTCOME} what the result was and what that means, {@code doctor.CHECK.OUTCOME.mend} the command that
 * fixes it.
 *
 * @param check what was examined: "cgroups"
 * @param outcome "none"
 * @param facts what the messages name: {0}, {1}
 */
public record Finding(String check, Status status, String outcome, List<String> facts) {

    /** GOOD: all is well. WEAK: something is missing. BAD: no sandbox can be started. */
    public enum Status {
        GOOD,
        WEAK,
        BAD
    }

    /** The words for it in one language. */
    public record Words(
            Status status,
            String tried,
            String found,
            @Nullable String mend) {}

    static Finding good(String check, String outcome, String... facts) {
        return new Finding(check, Status.GOOD, outcome, List.of(facts));
    }

    static Finding weak(String check, String outcome, String... facts) {
        return new Finding(check, Status.WEAK, outcome, List.of(facts));
    }

    static Finding bad(String check, String outcome, String... facts) {
        return new Finding(check, Status.BAD, outcome, List.of(facts));
    }

    public Words in(Locale language, MessageSource messages) {
        String key = "doctor." + check;
        Object[] arguments = facts.toArray();
        return new Words(
                status,
                Objects.requireNonNull(messages.getMessage(key, null, language)),
                Objects.requireNonNull(messages.getMessage(key + "." + outcome, arguments, language)),
                messages.getMessage(key + "." + outcome + ".mend", arguments, null, language));
    }
}
