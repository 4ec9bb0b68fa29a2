package dev.nslab.namespace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process was killed by a signal, or the init of a PID namespace has died from any cause. Sent as JSON without
 * change.
 *
 * @param at when it was noticed
 * @param status exit code, or 128 + the number of the signal; null where the kernel does not tell
 * @param signal "SIGKILL"; null if it exited by itself, and where the kernel does not tell
 * @param init inode of the PID namespace that died with it; null if it was not an init
 * @param along processes that the kernel killed with it, also in the namespaces inside
 */
public record Death(
        Instant at,
        int pid,
        List<Integer> pids,
        String command,
        @Nullable Integer status,
        @Nullable String signal,
        @Nullable Long init,
        List<Victim> along) {

    public record Victim(int pid, List<Integer> pids, String command) {}
}
