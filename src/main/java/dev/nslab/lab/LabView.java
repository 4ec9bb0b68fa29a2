package dev.nslab.lab;

import dev.nslab.sandbox.SandboxLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox as clients see it.
 *
 * @param state "running", "resetting" or "ended"
 * @param reason why it ended, in words for people; null while it runs
 * @param ends when its life is over, unless it is extended
 * @param limits what is in force
 */
record LabView(
        String id,
        String hostname,
        String state,
        @Nullable String reason,
        Instant created,
        Instant ends,
        SandboxLimits limits,
        List<TerminalView> terminals) {}
