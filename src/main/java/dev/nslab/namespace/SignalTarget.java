package dev.nslab.namespace;

import dev.nslab.linux.NamespaceType;
import dev.nslab.sandbox.Call;
import org.jspecify.annotations.Nullable;

/**
 * Finds the process that kill(2) was called for. The caller uses the PIDs of its own PID namespace, while viewers use
 * those of the sandbox's first one.
 */
public final class SignalTarget {

    private SignalTarget() {}

    /**
     * Its PID in the sandbox's first PID namespace; null for groups, and if it cannot be found out.
     *
     * @param seen the last snapshot before the call
     */
    public static @Nullable Integer target(Call call, @Nullable Snapshot seen) {
        Call.Kill kill = call.kill();
        if (kill == null || kill.target() <= 0 || seen == null) {
            return null;
        }
        return seen.processes().stream()
                .filter(process -> isMeant(process, call, kill, seen))
                .map(SandboxProcess::pid)
                .findFirst()
                .orElse(null);
    }

    /** Its PIDs run from the sandbox's first PID namespace inwards: the last is of its own, the one before of its parent. */
    private static boolean isMeant(SandboxProcess process, Call call, Call.Kill kill, Snapshot seen) {
        Long namespace = process.namespaces().get("pid");
        for (int level = process.pids().size() - 1; level >= 0 && namespace != null; level--) {
            if (namespace == call.namespace()) {
                return process.pids().get(level) == kill.target();
            }
            namespace = parent(namespace, seen);
        }
        return false;
    }

    private static @Nullable Long parent(long inode, Snapshot seen) {
        return seen.namespaces().stream()
                .filter(namespace -> namespace.type() == NamespaceType.PID && namespace.inode() == inode)
                .findFirst()
                .map(Namespace::parent)
                .orElse(null);
    }
}
