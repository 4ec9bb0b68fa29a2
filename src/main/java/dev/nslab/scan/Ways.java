package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.scan.HolderFinder.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the ways to namespaces: through the processes that are in them, what holds them, or what they own. */
record Ways(
        Map<NamespaceId, Census.Entry> census, Map<NamespaceId, List<Place>> places, Map<NamespaceId, Lineage> lines) {

    List<Way> to(NamespaceId namespace) {
        Census.Entry entry = census.getOrDefault(namespace, Census.NOBODY);
        if (!entry.members().isEmpty()) {
            ObservedThread member = entry.members().getFirst().thread();
            return List.of(new Way(member.tid(), "ns/" + namespace.type(), 0));
        }
        List<Place> holders = places.getOrDefault(namespace, List.of());
        return holders.isEmpty() ? toOwner(namespace) : of(holders);
    }

    static List<Way> of(List<Place> places) {
        return places.stream().map(Place::way).toList();
    }

    private List<Way> toOwner(NamespaceId owner) {
        return owner.type() != NamespaceType.USER
                ? List.of()
                : lines.entrySet().stream()
                        .filter(owned -> Objects.equals(owned.getValue().owner(), owner.inode()))
                        .flatMap(owned -> to(owned.getKey()).stream())
                        .map(Way::toOwner)
                        .limit(1)
                        .toList();
    }
}
