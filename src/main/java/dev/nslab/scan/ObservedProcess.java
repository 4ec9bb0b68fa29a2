package dev.nslab.scan;

import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcessStat;
import dev.nslab.linux.ProcessStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process as the files of /proc describe it, in the sandbox's terms.
 *
 * @param hostPid PID in the server's /proc
 * @param parent PID of the parent in the sandbox's first PID namespace, or 0
 * @param session PID of the session's leader there, 0 if the leader is outside
 * @param uid in the sandbox's user namespace
 * @param status the thread's /proc/PID/status; its PIDs and ids are not in the sandbox's terms, use the other
 *     components
 * @param thread the thread through which the process is read: its first one or, once that has ended, another one that
 *     lives
 */
record ObservedProcess(
        int hostPid,
        ProcessStat stat,
        ProcessStatus status,
        List<Integer> pids,
        int parent,
        int session,
        long uid,
        List<String> arguments,
        ObservedThread thread) {

    int pid() {
        return pids.getFirst();
    }

    Map<String, Long> namespaces() {
        return thread.namespaces();
    }

    @Nullable
    Long namespace(NamespaceType type) {
        return thread.namespace(type);
    }

    @Nullable
    String root() {
        return thread.root();
    }

    boolean isZombie() {
        return stat.isDead();
    }

    /** True for the PID 1 of its PID namespace, which inherits the orphans in it. */
    boolean isInit() {
        return pids.getLast() == 1;
    }
}
