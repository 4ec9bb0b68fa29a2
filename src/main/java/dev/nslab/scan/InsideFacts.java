package dev.nslab.scan;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.UidMap;
import dev.nslab.namespace.ProcMount;
import dev.nslab.sandbox.InsideLook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Host names, and the PID namespace whose processes each mounted proc file system shows. Both can be found only from
 * inside the sandbox. So the init is asked once for each UTS namespace and each proc, and again when something may have
 * changed them.
 *
 * <p>A proc file system belongs to one PID namespace for good and has a device number of its own (since Linux 5.8),
 * which all its mounts share. So a new mount namespace causes no question; only a new proc does.
 */
final class InsideFacts {

    private record Key(long inode, @Nullable Long id) {}

    private final MountTables mounts;
    private final InsideView inside;
    private final AnswerCache<Key, String> hostnames = new AnswerCache<>();
    private final AnswerCache<Key, List<UidMap.Extent>> uidMaps = new AnswerCache<>();
    private final AnswerCache<String, Long> shownPidNamespaces = new AnswerCache<>();
    private final Map<Integer, Optional<InsideLook>> looks = new HashMap<>();

    InsideFacts(MountTables mounts, InsideView inside) {
        this.mounts = mounts;
        this.inside = inside;
    }

    void forget() {
        uidMaps.forgetIf(key -> key.id == null); // the inode may belong to another namespace by now
        hostnames.forget();
        shownPidNamespaces.forget();
    }

    /** To be called after each snapshot. */
    void sweep() {
        hostnames.sweep();
        shownPidNamespaces.sweep();
        uidMaps.sweep();
        looks.clear();
    }

    /** The host name of the UTS namespace with this inode and id, of which the process is a member. */
    @Nullable
    String hostname(long inode, @Nullable Long id, ObservedProcess member) {
        return hostnames.get(
                new Key(inode, id), () -> look(member).map(InsideLook::hostname).orElse(null));
    }

    /**
     * The UID map of the user namespace with this inode and id; empty while it is unwritten. Once written, a map never
     * changes.
     *
     * @param otherwise asked if the namespace has no members
     */
    List<UidMap.Extent> uidMap(
            long inode, @Nullable Long id, List<ObservedProcess> members, Supplier<List<UidMap.Extent>> otherwise) {
        List<UidMap.Extent> map = uidMaps.get(
                new Key(inode, id), () -> written(members.isEmpty() ? otherwise.get() : uidMap(members.getFirst())));
        return map == null ? List.of() : map;
    }

    private List<UidMap.Extent> uidMap(ObservedProcess member) {
        return look(member).map(InsideLook::uidMap).orElse(List.of());
    }

    private static @Nullable List<UidMap.Extent> written(List<UidMap.Extent> map) {
        return map.isEmpty() ? null : map;
    }

    @Nullable
    ProcMount procMount(ObservedProcess process) {
        if (process.isZombie()) {
            return ProcMount.NONE;
        }
        MountTable table = mounts.of(process);
        if (table == null) {
            return null;
        }
        return table.procDevice().isEmpty() ? ProcMount.NONE : procMount(process, table.procDevice());
    }

    private @Nullable ProcMount procMount(ObservedProcess process, String device) {
        Long shown = shownPidNamespaces.get(
                device,
                () -> look(process)
                        .map(InsideLook::procPidNamespace)
                        .filter(inode -> inode != 0)
                        .orElse(null));
        if (shown != null) {
            return shown.equals(process.namespace(NamespaceType.PID)) ? ProcMount.OWN : ProcMount.FOREIGN;
        }
        // There is a proc but no PID 1 in it: the PID namespace that it shows has ended.
        return look(process).isPresent() ? ProcMount.FOREIGN : null;
    }

    private Optional<InsideLook> look(ObservedProcess process) {
        return looks.computeIfAbsent(process.thread().tid(), inside::look);
    }
}
