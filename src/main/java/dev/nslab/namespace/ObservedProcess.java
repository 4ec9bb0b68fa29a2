package dev.nslab.namespace;

import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcessStat;
import dev.nslab.linux.ProcessStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process as the files of /proc tell of it, seen from the sandbox.
 *
 * @param hostPid PID as the server's /proc has it
 * @param parent PID of the parent in the sandbox's first PID namespace, or 0
 * @param session PID of the session's leader there, 0 if it is outside
 * @param uid in the sandbox's user namespace
 * @param status besides what is told of it here in the sandbox's terms
 * @param root root directory in its mount namespace, null if it cannot be read
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
        Map<String, Long> namespaces,
        @Nullable String root) {

    int pid() {
        return pids.getFirst();
    }

    /** Inode of the namespace that it is in; null if that cannot be read. */
    @Nullable
    Long namespace(NamespaceType type) {
        return namespaces.get(type.toString());
    }

    boolean isZombie() {
        return stat.state().equals("Z");
    }

    /** True for the PID 1 of its PID namespace, which inherits the orphans in it. */
    boolean isInit() {
        return pids.getLast() == 1;
    }
}
