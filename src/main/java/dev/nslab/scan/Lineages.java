package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.OpenNamespace;
import dev.nslab.linux.ProcFs;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel only once for the lineage of each namespace. The answer is remembered under the namespace's unique
 * id, which is read for each snapshot. It cannot be remembered under the inode, which is soon used again. Keeping the
 * namespace open would prevent that, but then it would outlive its last process and count against the learner's limits.
 * The sandbox's own namespaces exist as long as the sandbox, so they are read once. Before Linux 6.18 there are no ids,
 * and the lineage of all other namespaces is asked for each time.
 */
final class Lineages {

    private final ProcFs proc;
    private final Set<NamespaceId> roots;
    private final Map<NamespaceId, Lineage> ofRoots = new HashMap<>();
    private final AnswerCache<Long, Map<NamespaceId, Lineage>> known = new AnswerCache<>();

    /** @param roots the sandbox's own namespaces; nothing is asked about those above them */
    Lineages(ProcFs proc, Set<NamespaceId> roots) {
        this.proc = proc;
        this.roots = roots;
    }

    /** To be called after each snapshot. */
    void sweep() {
        known.sweep();
    }

    /**
     * The lineage of a namespace and of all those above it, up to but not including the sandbox's own; empty if the
     * namespace is gone.
     *
     * @param hostPid a process that is in it
     * @param link name in the process's /proc/PID/ns
     */
    Map<NamespaceId, Lineage> above(NamespaceId namespace, int hostPid, String link) {
        Lineage ofRoot = ofRoots.get(namespace);
        if (ofRoot != null) {
            return Map.of(namespace, ofRoot);
        }
        try (OpenNamespace open = OpenNamespace.open(proc, hostPid, link)) {
            return open == null ? Map.of() : above(namespace, open);
        }
    }

    /**
     * The lineage of a namespace that the server cannot open, from what is already known of it, and of those above its
     * owner.
     */
    Map<NamespaceId, Lineage> of(NamespaceId namespace, @Nullable Long id, @Nullable Long parent, OpenNamespace owner) {
        NamespaceId ownerName = owner.name();
        Map<NamespaceId, Lineage> line = new HashMap<>();
        if (ownerName == null || roots.contains(namespace) || !ascend(owner, line)) {
            return Map.of();
        }
        line.put(namespace, new Lineage(id, parent, ownerName.inode()));
        return line;
    }

    private Map<NamespaceId, Lineage> above(NamespaceId namespace, OpenNamespace open) {
        if (roots.contains(namespace)) {
            return rootLineage(namespace, open);
        }
        Long id = open.id();
        Map<NamespaceId, Lineage> line = id == null ? line(open) : known.get(id, () -> line(open));
        // If it is missing, the process has moved since its link was read.
        return line != null && line.containsKey(namespace) ? line : Map.of();
    }

    private Map<NamespaceId, Lineage> line(OpenNamespace open) {
        Map<NamespaceId, Lineage> line = new HashMap<>();
        ascend(open, line);
        return line;
    }

    private Map<NamespaceId, Lineage> rootLineage(NamespaceId namespace, OpenNamespace open) {
        try (OpenNamespace owner = open.owner()) {
            NamespaceId ownerName = name(owner);
            Lineage lineage = new Lineage(open.id(), null, roots.contains(ownerName) ? inode(ownerName) : null);
            if (namespace.equals(open.name())) {
                ofRoots.put(namespace, lineage);
            }
            return Map.of(namespace, lineage);
        }
    }

    /**
     * Adds the namespace and those above it. Returns false and adds nothing if the namespace turns out not to belong to
     * the sandbox.
     */
    private boolean ascend(OpenNamespace open, Map<NamespaceId, Lineage> line) {
        NamespaceId name = open.name();
        if (name == null || roots.contains(name) || line.containsKey(name)) {
            return name != null;
        }
        try (OpenNamespace owner = open.owner();
                OpenNamespace parent = name.type().isHierarchical() ? open.parent() : null) {
            boolean inside = owner != null && ascend(owner, line) && (parent == null || ascend(parent, line));
            if (inside) {
                line.put(name, new Lineage(open.id(), inode(name(parent)), inode(name(owner))));
            }
            return inside;
        }
    }

    private static @Nullable NamespaceId name(@Nullable OpenNamespace open) {
        return open == null ? null : open.name();
    }

    private static @Nullable Long inode(@Nullable NamespaceId name) {
        return name == null ? null : name.inode();
    }
}
