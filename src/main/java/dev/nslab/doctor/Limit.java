package dev.nslab.doctor;

import dev.nslab.doctor.Finding.Status;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;

/**
 * A limit that is in force. Its texts are messages: {@code doctor.limit.SETTING} says what is limited, {@code
 * doctor.holder.HOLDER} what enforces it.
 *
 * @param setting below {@code nslab.limits}: "memory"
 * @param value as it is set: "512MB"
 * @param status WEAK if what should enforce it is missing here
 * @param holder "cgroup"
 */
public record Limit(String setting, String value, Status status, String holder) {

    /** The words for it in one language. */
    public record Words(String of, String setting, String value, Status status, String heldBy) {}

    public Words in(Locale language, MessageSource messages) {
        return new Words(
                Objects.requireNonNull(messages.getMessage("doctor.limit." + setting, null, language)),
                "nslab.limits." + setting,
                value,
                status,
                Objects.requireNonNull(messages.getMessage("doctor.holder." + holder, null, language)));
    }
}
