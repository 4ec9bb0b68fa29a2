package dev.nslab.lab.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.limits.Limits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox as clients see it.
 *
 * @param state "running", "resetting" or "ended"
 * @param reason why it ended, in an English sentence, for clients that do not know {@code endReason}; null while it runs
 * @param endReason why it ended; null while it runs
 * @param ends when its lifetime is over, unless it is extended
 * @param limits the limits that are in force, of learners and of all sandboxes together, too
 */
public record LabView(
        String id,
        String hostname,
        String state,
        @Nullable String reason,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EndReasonView endReason,

        Instant created,
        Instant ends,
        Limits limits,
        List<TerminalView> terminals) {}
