package dev.nslab.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A system call that changes namespaces, as it was made in a sandbox.
 *
 * @param at when the server heard of it
 * @param pid of the caller, in the sandbox's first PID namespace
 * @param command name of the caller (comm, at most 15 bytes), text of the learner's making
 * @param syscall "unshare", "setns", "clone", "mount", "umount2", "pivot_root" or "sethostname"
 * @param flags names as in the manual page: "CLONE_NEWPID"
 */
public record Call(Instant at, int pid, String command, String syscall, List<String> flags) {}
