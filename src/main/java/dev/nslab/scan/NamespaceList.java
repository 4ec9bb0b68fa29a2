package dev.nslab.scan;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.scan.HeldNamespaces.Held;
import dev.nslab.scan.HolderFinder.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the list of namespaces that a snapshot shows. */
final class NamespaceList {

    /**
     * The sandbox's own come first, then the others in the order in which they were created, as far as the kernel tells
     * it.
     */
    private static final Comparator<Namespace> ORDER = Comparator.comparing(
                    Namespace::sandboxRoot, Comparator.reverseOrder())
            .thenComparing((one, other) -> one.sandboxRoot() ? one.type().compareTo(other.type()) : 0)
            .thenComparing(Namespace::id, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingLong(Namespace::inode);

    private final Set<NamespaceId> roots;
    private final Lineages lineages;
    private final InsideFacts facts;
    private final MountTables mounts;
    private final HeldNamespaces held;
    private final ProcFs proc;
    private final @Nullable NamespaceId ownMounts;

    NamespaceList(
            ProcFs proc,
            Set<NamespaceId> roots,
            Lineages lineages,
            InsideFacts facts,
            MountTables mounts,
            HeldNamespaces held) {
        this.proc = proc;
        this.roots = roots;
        this.lineages = lineages;
        this.facts = facts;
        this.mounts = mounts;
        this.held = held;
        ownMounts = roots.stream()
                .filter(namespace -> namespace.type() == NamespaceType.MNT)
                .findFirst()
                .orElse(null);
    }

    /**
     * @param threads threads that are in other namespaces than their process
     * @param places what holds namespaces besides processes
     */
    List<Namespace> of(
            Collection<ObservedProcess> processes,
            Map<ObservedProcess, List<ObservedThread>> threads,
            Map<NamespaceId, List<Place>> places) {
        Map<NamespaceId, Census.Entry> census = Census.of(processes, threads.values());
        Map<NamespaceId, Lineage> lines = new HashMap<>();
        census.forEach((namespace, entry) -> lines.putAll(lines(namespace, entry)));
        places.forEach((namespace, holders) -> {
            if (!lines.containsKey(namespace)) {
                lines.putAll(held.of(namespace, Ways.of(holders)).line());
            }
        });
        Relatives relatives = Relatives.of(lines);
        Ways ways = new Ways(census, places, lines);
        Set<NamespaceId> all = new HashSet<>(census.keySet());
        all.addAll(lines.keySet());
        all.addAll(places.keySet());
        return all.stream()
                .map(namespace -> namespace(
                        namespace,
                        census.getOrDefault(namespace, Census.NOBODY),
                        lines.getOrDefault(namespace, Lineage.UNKNOWN),
                        new Holders(places.getOrDefault(namespace, List.of()), relatives.of(namespace)),
                        ways))
                .sorted(ORDER)
                .toList();
    }

    /**
     * Asks through the first process that can be read: some may be gone, and the server may lack the right to read the
     * init.
     */
    private Map<NamespaceId, Lineage> lines(NamespaceId namespace, Census.Entry entry) {
        Stream<Map<NamespaceId, Lineage>> throughMembers = entry.members().stream()
                .map(member -> lineages.above(
                        namespace, member.thread().hostTid(), namespace.type().toString()));
        Stream<Map<NamespaceId, Lineage>> throughParents = entry.futureParents().stream()
                .map(parent -> lineages.above(namespace, parent.hostTid(), Census.forChildren(namespace.type())));
        return Stream.concat(throughMembers, throughParents)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    private Namespace namespace(NamespaceId name, Census.Entry entry, Lineage lineage, Holders holders, Ways ways) {
        List<ObservedProcess> members = entry.members();
        Supplier<Held> apart = () -> held.of(name, ways.to(name));
        return new Namespace(
                name.type(),
                name.inode(),
                lineage.id(),
                lineage.parent(),
                lineage.owner(),
                roots.contains(name),
                name.type() == NamespaceType.UTS ? hostname(name, members, lineage, apart) : null,
                members.size(),
                holders.words(entry),
                holders.named(entry),
                name.type() == NamespaceType.USER
                        ? facts.uidMap(
                                name.inode(),
                                lineage.id(),
                                members,
                                () -> apart.get().uidMap())
                        : List.of(),
                name.type() == NamespaceType.NET ? interfaces(members, apart) : List.of(),
                name.type() == NamespaceType.MNT ? mounts(members, apart, ways.census()) : NamespaceMounts.NONE);
    }

    private @Nullable String hostname(
            NamespaceId name, List<ObservedProcess> members, Lineage lineage, Supplier<Held> apart) {
        return members.isEmpty()
                ? apart.get().hostname()
                : facts.hostname(name.inode(), lineage.id(), members.getFirst());
    }

    /** Asks through the first process that can be read. */
    private List<String> interfaces(List<ObservedProcess> members, Supplier<Held> apart) {
        if (members.isEmpty()) {
            return apart.get().interfaces();
        }
        return members.stream()
                .map(member -> proc.interfaces(member.thread().hostTid()))
                .filter(names -> names != null && !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private NamespaceMounts mounts(
            List<ObservedProcess> members, Supplier<Held> apart, Map<NamespaceId, Census.Entry> census) {
        if (ownMounts == null) {
            return NamespaceMounts.NONE;
        }
        List<ObservedProcess> base =
                census.getOrDefault(ownMounts, Census.NOBODY).members();
        if (!members.isEmpty()) {
            return mounts.of(members, ownMounts.inode(), base);
        }
        MountTable table = apart.get().mounts();
        return table == null ? NamespaceMounts.NONE : mounts.of(table, ownMounts.inode(), base);
    }
}
