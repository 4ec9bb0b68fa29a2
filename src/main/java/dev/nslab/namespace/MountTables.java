package dev.nslab.namespace;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the mounts of processes, once in a refresh for all that see the same: one mount namespace, from one root. */
final class MountTables {

    private record View(long mountNamespace, @Nullable String root) {}

    private final ProcFs proc;
    private final Map<View, MountTable> tables = new HashMap<>();

    MountTables(ProcFs proc) {
        this.proc = proc;
    }

    /** Null if it cannot be read, as of a zombie. */
    @Nullable
    MountTable of(ObservedProcess process) {
        Long mountNamespace = process.namespace(NamespaceType.MNT);
        if (mountNamespace == null) {
            return null;
        }
        View view = new View(mountNamespace, process.root());
        MountTable table = tables.get(view);
        if (table == null) {
            table = proc.mounts(process.hostPid());
        }
        if (table != null) {
            tables.put(view, table);
        }
        return table;
    }

    /** To be called after each refresh. */
    void clear() {
        tables.clear();
    }
}
