package dev.nslab.namespace;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Holdings.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the list of namespaces that a snapshot shows. */
final class NamespaceList {

    /** The sandbox's own first, then in the order in which they were made, as far as the kernel tells. */
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
     * @param threads those that are in other namespaces than their process
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
                lines.putAll(held.of(namespace, holders).line());
            }
        });
        Relatives relatives = Relatives.of(lines);
        Set<NamespaceId> all = new HashSet<>(census.keySet());
        all.addAll(lines.keySet());
        all.addAll(places.keySet());
        return all.stream()
                .map(namespace -> namespace(
                        namespace,
                        census.getOrDefault(namespace, Census.NOBODY),
                        lines.getOrDefault(namespace, Lineage.UNKNOWN),
                        new Holders(places.getOrDefault(namespace, List.of()), relatives.of(namespace)),
                        mounts(namespace, census)))
                .sorted(ORDER)
                .toList();
    }

    /** Through the first process that can be asked: some may have gone, and the init can be closed to us. */
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

    private NamespaceMounts mounts(NamespaceId namespace, Map<NamespaceId, Census.Entry> census) {
        return namespace.type() != NamespaceType.MNT || ownMounts == null
                ? NamespaceMounts.NONE
                : mounts.of(members(namespace, census), ownMounts.inode(), members(ownMounts, census));
    }

    private static List<ObservedProcess> members(NamespaceId namespace, Map<NamespaceId, Census.Entry> census) {
        return census.getOrDefault(namespace, Census.NOBODY).members();
    }

    private Namespace namespace(
            NamespaceId name, Census.Entry entry, Lineage lineage, Holders holders, NamespaceMounts ofIts) {
        List<ObservedProcess> members = entry.members();
        return new Namespace(
                name.type(),
                name.inode(),
                lineage.id(),
                lineage.parent(),
                lineage.owner(),
                roots.contains(name),
                name.type() == NamespaceType.UTS ? hostname(name, members, lineage, holders) : null,
                members.size(),
                holders.words(entry),
                holders.named(entry),
                name.type() == NamespaceType.USER ? facts.uidMap(name.inode(), lineage.id(), members) : List.of(),
                name.type() == NamespaceType.NET ? interfaces(name, members, holders) : List.of(),
                ofIts);
    }

    private @Nullable String hostname(
            NamespaceId name, List<ObservedProcess> members, Lineage lineage, Holders holders) {
        if (!members.isEmpty()) {
            return facts.hostname(name.inode(), lineage.id(), members.getFirst());
        }
        return holders.places().isEmpty()
                ? null
                : held.of(name, holders.places()).hostname();
    }

    /** Through the first process that can be asked. */
    private List<String> interfaces(NamespaceId name, List<ObservedProcess> members, Holders holders) {
        if (members.isEmpty() && !holders.places().isEmpty()) {
            return held.of(name, holders.places()).interfaces();
        }
        return members.stream()
                .map(member -> proc.interfaces(member.thread().hostTid()))
                .filter(names -> names != null && !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
