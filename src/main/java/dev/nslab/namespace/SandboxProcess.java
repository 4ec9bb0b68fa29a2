package dev.nslab.namespace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.linux.Mount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process of a sandbox. All texts are as the process chose them: any characters, invalid UTF-8 as U+FFFD.
 *
 * @param pid in the sandbox's first PID namespace
 * @param pids in every PID namespace that it is in, from the sandbox's first inwards
 * @param parent PID of the parent in the sandbox's first PID namespace; 0 for the sandbox's init
 * @param command the name of at most 15 bytes
 * @param arguments empty for a zombie; cut after {@value dev.nslab.linux.ProcFs#ARGUMENT_BYTES} bytes, then ending in "…"
 * @param state one letter as in ps(1): R, S, D, T, t, Z, X, I; of a living thread where the first one has ended
 * @param tty controlling terminal below /dev: "pts/0"; null without one
 * @param uid the effective one, as the sandbox's own user namespace shows it
 * @param terminal name of the browser terminal whose shell leads the session of this process; null if none does
 * @param foreground whether it is in the foreground of its controlling terminal. For expressions alone
 * @param namespaces inodes by the names in /proc/PID/ns; without those that cannot be read, as most of a zombie's
 * @param procMount null while it is unknown
 * @param root root directory as its mount namespace names it: "/", but after chroot(2); null where it cannot be read
 * @param threads how many of it live
 * @param otherThreads those that are in other namespaces than its first one, of 64 at most that are looked at
 * @param caught signals for which it has a handler, by name
 * @param blocked signals that its first thread lets wait
 * @param ignored signals that do nothing to it
 * @param mounts as its own mountinfo tells, with paths from its own root. For expressions alone: the page finds them at its
 *     mount namespace
 */
public record SandboxProcess(
        int pid,
        List<Integer> pids,
        int parent,
        String command,
        List<String> arguments,
        String state,
        @Nullable String tty,
        long uid,
        @Nullable String terminal,
        @JsonIgnore boolean foreground,
        Map<String, Long> namespaces,
        @Nullable ProcMount procMount,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String root,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class)
        int threads,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SandboxThread> otherThreads,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> caught,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> blocked,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignored,
        @JsonIgnore List<Mount> mounts) {

    public SandboxProcess {
        threads = Math.max(threads, 1);
        otherThreads = Namespace.orEmpty(otherThreads);
        caught = Namespace.orEmpty(caught);
        blocked = Namespace.orEmpty(blocked);
        ignored = Namespace.orEmpty(ignored);
        mounts = Namespace.orEmpty(mounts);
    }

    /** Equals what is left out of JSON. */
    private static final class One {
        @Override
        public boolean equals(@Nullable Object value) {
            return Integer.valueOf(1).equals(value);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
