package dev.nslab.scan;

import dev.nslab.linux.Mount;
import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.NamespaceMounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mounts of processes. For each snapshot, a table is read once for all processes that see the same one, which
 * are those with the same mount namespace and root. An unchanged table stays the same object, and so does everything
 * derived from it.
 */
final class MountTables {

    private record View(long mountNamespace, @Nullable String root) {}

    /** A table, and the root directory from which it was read. */
    private record Seen(MountTable table, String root) {
        int size() {
            return table.mounts().size() + table.more();
        }

        /** A table says nothing about mounts outside its root. */
        NamespaceMounts difference(long baseInode, @Nullable Seen base) {
            if (!root.equals("/")) {
                List<Mount> below =
                        table.mounts().stream().map(mount -> mount.below(root)).toList();
                return NamespaceMounts.whole(below, table.more());
            }
            return base == null
                    ? NamespaceMounts.whole(table.mounts(), table.more())
                    : NamespaceMounts.of(table.mounts(), table.more(), baseInode, base.table.mounts());
        }
    }

    private record Difference(Seen table, @Nullable Seen base) {}

    private final ProcFs proc;
    private Map<View, MountTable> before = new HashMap<>();
    private Map<View, MountTable> tables = new HashMap<>();
    private final AnswerCache<Difference, NamespaceMounts> differences = new AnswerCache<>();

    MountTables(ProcFs proc) {
        this.proc = proc;
    }

    /** Null if it cannot be read, for example because the process is a zombie. */
    @Nullable
    MountTable of(ObservedProcess process) {
        Long mountNamespace = process.namespace(NamespaceType.MNT);
        if (mountNamespace == null) {
            return null;
        }
        View view = new View(mountNamespace, process.root());
        MountTable table = tables.get(view);
        if (table == null) {
            table = proc.mounts(process.thread().hostTid(), before.get(view));
        }
        if (table != null) {
            tables.put(view, table);
        }
        return table;
    }

    List<Mount> mounts(ObservedProcess process) {
        MountTable table = of(process);
        return table == null ? List.of() : table.mounts();
    }

    /**
     * The mounts of a mount namespace; none if no process in it can be asked.
     *
     * @param base the sandbox's own mount namespace; its members follow
     */
    NamespaceMounts of(List<ObservedProcess> members, long base, List<ObservedProcess> baseMembers) {
        return of(widest(members), members, base, baseMembers);
    }

    /** The mounts of a namespace without members, whose table was read in another way. */
    NamespaceMounts of(MountTable table, long base, List<ObservedProcess> baseMembers) {
        return of(new Seen(table, "/"), List.of(), base, baseMembers);
    }

    private NamespaceMounts of(
            @Nullable Seen own, List<ObservedProcess> members, long base, List<ObservedProcess> baseMembers) {
        Seen ofBase = members.equals(baseMembers) ? null : widest(baseMembers);
        NamespaceMounts mounts =
                own == null ? null : differences.get(new Difference(own, ofBase), () -> own.difference(base, ofBase));
        return mounts == null ? NamespaceMounts.NONE : mounts;
    }

    /** The table of the member that sees most. A process sees only what is mounted below its root. */
    private @Nullable Seen widest(List<ObservedProcess> members) {
        return members.stream()
                .map(this::seen)
                .filter(Objects::nonNull)
                .max(Comparator.comparingInt(Seen::size))
                .orElse(null);
    }

    private @Nullable Seen seen(ObservedProcess process) {
        MountTable table = of(process);
        return table == null ? null : new Seen(table, Objects.requireNonNullElse(process.root(), "/"));
    }

    /** To be called after each snapshot. */
    void sweep() {
        before = tables;
        tables = new HashMap<>();
        differences.sweep();
    }
}
