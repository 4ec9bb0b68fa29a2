package dev.nslab.namespace;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
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

    NamespaceList(Set<NamespaceId> roots, Lineages lineages, InsideFacts facts) {
        this.roots = roots;
        this.lineages = lineages;
        this.facts = facts;
    }

    List<Namespace> of(Collection<ObservedProcess> processes) {
        Map<NamespaceId, Census.Entry> census = Census.of(processes);
        Map<NamespaceId, Lineage> lines = new HashMap<>();
        census.forEach((namespace, entry) -> lines.putAll(lines(namespace, entry)));
        Set<NamespaceId> all = new HashSet<>(census.keySet());
        all.addAll(lines.keySet());
        return all.stream()
                .map(namespace -> namespace(
                        namespace,
                        census.getOrDefault(namespace, Census.NOBODY),
                        lines.getOrDefault(namespace, Lineage.UNKNOWN)))
                .sorted(ORDER)
                .toList();
    }

    /** Through the first process that can be asked: some may have gone, and the init can be closed to us. */
    private Map<NamespaceId, Lineage> lines(NamespaceId namespace, Census.Entry entry) {
        Stream<Map<NamespaceId, Lineage>> throughMembers = entry.members().stream()
                .map(member -> lineages.above(
                        namespace, member.hostPid(), namespace.type().toString()));
        Stream<Map<NamespaceId, Lineage>> throughParents = entry.futureParents().stream()
                .map(parent -> lineages.above(namespace, parent.hostPid(), Census.FOR_CHILDREN));
        return Stream.concat(throughMembers, throughParents)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    private Namespace namespace(NamespaceId name, Census.Entry entry, Lineage lineage) {
        return new Namespace(
                name.type(),
                name.inode(),
                lineage.id(),
                lineage.parent(),
                lineage.owner(),
                roots.contains(name),
                name.type() == NamespaceType.UTS ? hostname(name, entry, lineage) : null,
                entry.members().size(),
                heldBy(entry));
    }

    private @Nullable String hostname(NamespaceId name, Census.Entry entry, Lineage lineage) {
        return entry.members().isEmpty()
                ? null
                : facts.hostname(name.inode(), lineage.id(), entry.members().getFirst());
    }

    private static List<String> heldBy(Census.Entry entry) {
        if (!entry.members().isEmpty()) {
            return List.of("process");
        }
        return List.of(entry.futureParents().isEmpty() ? "namespace" : Census.FOR_CHILDREN);
    }
}
