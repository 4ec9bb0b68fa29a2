package dev.nslab.namespace;

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
 * @param state one letter as in ps(1): R, S, D, T, t, Z, X, I
 * @param tty controlling terminal below /dev: "pts/0"; null without one
 * @param uid the effective one, as the sandbox's own user namespace shows it
 * @param terminal name of the browser terminal whose shell leads the session of this process; null if none does
 * @param namespaces inodes by the names in /proc/PID/ns; without those that cannot be read, as most of a zombie's
 * @param procMount null while it is unknown
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
        Map<String, Long> namespaces,
        @Nullable ProcMount procMount) {}
