package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which namespaces are inside another, or owned by it. */
final class Relatives {

    private final Map<NamespaceId, List<Long>> below = new HashMap<>();

    private Relatives() {}

    static Relatives of(Map<NamespaceId, Lineage> lines) {
        Relatives relatives = new Relatives();
        lines.forEach((namespace, lineage) -> {
            relatives.add(NamespaceType.USER, lineage.owner(), namespace);
            // The parent of a user namespace is its owner, too.
            relatives.add(
                    namespace.type(), namespace.type() == NamespaceType.USER ? null : lineage.parent(), namespace);
        });
        return relatives;
    }

    private void add(NamespaceType type, @Nullable Long above, NamespaceId namespace) {
        if (above != null) {
            below.computeIfAbsent(new NamespaceId(type, above), _ -> new ArrayList<>())
                    .add(namespace.inode());
        }
    }

    List<Long> of(NamespaceId namespace) {
        return below.getOrDefault(namespace, List.of());
    }
}
