package dev.nslab.outcome;

import dev.nslab.linux.Mount;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of a sandbox, and when it was taken.
 *
 * @param complete whether host names were asked for, too
 */
record Sight(Snapshot snapshot, Instant began, Instant ended, boolean complete) {

    Optional<SandboxProcess> process(int pid) {
        return snapshot.processes().stream()
                .filter(process -> process.pid() == pid)
                .findFirst();
    }

    Optional<SandboxProcess> living(int pid) {
        return process(pid).filter(process -> !process.state().equals("Z"));
    }

    Optional<Namespace> namespace(NamespaceType type, long inode) {
        return snapshot.namespaces().stream()
                .filter(namespace -> namespace.type() == type && namespace.inode() == inode)
                .findFirst();
    }

    /** Whether it shows this very namespace, and not another one that had or has the same inode. */
    boolean has(Namespace namespace) {
        return namespace(namespace.type(), namespace.inode())
                .filter(other -> other.id() == null || other.id().equals(namespace.id()))
                .isPresent();
    }

    List<Namespace> namespaces(NamespaceType type) {
        return snapshot.namespaces().stream()
                .filter(namespace -> namespace.type() == type)
                .toList();
    }

    /**
     * The mounts of a namespace. Empty unless all of them are known, because nothing can be said about changes
     * otherwise.
     */
    Optional<List<Mount>> mounts(long namespace) {
        boolean fromOutside = snapshot.processes().stream()
                .anyMatch(process -> "/".equals(process.root())
                        && Long.valueOf(namespace).equals(process.namespaces().get("mnt")));
        return namespace(NamespaceType.MNT, namespace)
                .map(Namespace::mounts)
                .filter(mounts -> fromOutside && mounts.more() == 0)
                .map(mounts -> mounts.all());
    }
}
