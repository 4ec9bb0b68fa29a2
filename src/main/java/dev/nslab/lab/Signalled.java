package dev.nslab.lab;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom kill(2) means: the caller speaks of the PIDs of its own PID namespace, those who watch of the sandbox's first. */
final class Signalled {

    private Signalled() {}

    /**
     * PID in the sandbox's first PID namespace; null for groups, and where nobody can tell.
     *
     * @param seen what was seen last before the call
     */
    static @Nullable Integer target(Call call, @Nullable Snapshot seen) {
        Call.Kill kill = call.kill();
        if (kill == null || kill.target() <= 0 || seen == null) {
            return null;
        }
        Optional<SandboxProcess> caller = seen.processes().stream()
                .filter(process -> process.pid() == call.pid())
                .findFirst();
        if (caller.isPresent()) {
            return caller.get().pids().size() == 1 ? Integer.valueOf(kill.target()) : target(caller.get(), kill, seen);
        }
        // A new process, as kill(1) is. Where nothing is nested all speak of the same.
        boolean flat =
                seen.processes().stream().allMatch(process -> process.pids().size() == 1);
        return flat ? Integer.valueOf(kill.target()) : null;
    }

    private static @Nullable Integer target(SandboxProcess caller, Call.Kill kill, Snapshot seen) {
        int depth = caller.pids().size();
        return seen.processes().stream()
                .filter(process -> process.pids().size() >= depth)
                .filter(process -> process.pids().get(depth - 1) == kill.target())
                .filter(process -> isWithin(process, depth, caller, seen))
                .map(SandboxProcess::pid)
                .findFirst()
                .orElse(null);
    }

    /** True if the process's PID namespace at that depth is the caller's. */
    private static boolean isWithin(SandboxProcess process, int depth, SandboxProcess caller, Snapshot seen) {
        Long namespace = process.namespaces().get("pid");
        for (int level = process.pids().size(); level > depth && namespace != null; level--) {
            namespace = parent(namespace, seen);
        }
        return namespace != null && namespace.equals(caller.namespaces().get("pid"));
    }

    private static @Nullable Long parent(long inode, Snapshot seen) {
        return seen.namespaces().stream()
                .filter(namespace -> namespace.type() == NamespaceType.PID && namespace.inode() == inode)
                .map(Namespace::parent)
                .findFirst()
                .orElse(null);
    }
}
