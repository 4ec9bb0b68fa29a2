package dev.nslab.lab;

import dev.nslab.linux.Mount;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was not in a sandbox when it began: processes other than init and the terminals' shells, namespaces, and
 * mounts.
 */
final class Litter {

    private static final int INIT = 1;

    /** The mount points in the first snapshot, which is taken before anybody can have typed; null before it. */
    private @Nullable List<String> points;

    synchronized void seen(Snapshot snapshot) {
        if (points == null && !snapshot.processes().isEmpty()) {
            points = points(snapshot);
        }
    }

    /** The sandbox was reset. */
    synchronized void forget() {
        points = null;
    }

    /** @param shells PIDs of the terminals' shells */
    synchronized boolean isIn(Snapshot snapshot, Set<Integer> shells) {
        return snapshot.processes().stream()
                        .map(SandboxProcess::pid)
                        .anyMatch(pid -> pid != INIT && !shells.contains(pid))
                || !snapshot.namespaces().stream().allMatch(Namespace::sandboxRoot)
                || !points(snapshot).equals(points);
    }

    private static List<String> points(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .filter(Namespace::sandboxRoot)
                .flatMap(namespace -> namespace.mounts().all().stream())
                .map(Mount::point)
                .sorted()
                .toList();
    }
}
