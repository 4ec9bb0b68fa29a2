package dev.nslab.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system call that changes namespaces, as it was made in a sandbox.
 *
 * @param id grows from call to call of a sandbox
 * @param at just before it was made: a snapshot from before that does not show its effects
 * @param pid of the caller, in the sandbox's first PID namespace
 * @param tid of the thread that made the call; for the first thread of a process it equals the pid
 * @param command name of the thread (comm, at most 15 bytes); a learner can choose any text
 * @param syscall "unshare", "setns", "clone", "mount", "umount2", "pivot_root", "sethostname" or "kill"
 * @param flags names as in the manual page: "CLONE_NEWPID"
 * @param namespace inode of that namespace of the caller's that the call is about: where it mounts, unmounts, names the
 *     host or counts PIDs; 0 if it is not known
 * @param kill which process it signals; null unless the call is kill
 */
public record Call(
        long id,
        Instant at,
        int pid,
        int tid,
        String command,
        String syscall,
        List<String> flags,
        long namespace,
        @Nullable Kill kill) {

    /**
     * What was asked of kill(2).
     *
     * @param target its pid argument as the caller gave it: a PID of the caller's own PID namespace, or minus a group's
     * @param signal "SIGKILL"
     */
    public record Kill(int target, String signal) {}

    /** "SIGKILL"; null unless the call is kill. */
    public @Nullable String signal() {
        return kill == null ? null : kill.signal;
    }
}
