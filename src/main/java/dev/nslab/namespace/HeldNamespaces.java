package dev.nslab.namespace;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.OpenNamespace;
import dev.nslab.namespace.Holdings.Place;
import dev.nslab.sandbox.OpenedNamespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a namespace that no process is in. The kernel tells it only of an open one, and what holds it
 * is the learner's: so the sandbox's init opens it. Asked again whenever it may have become another with the same inode.
 */
final class HeldNamespaces {

    /** @param hostname of a UTS namespace */
    record Held(Map<NamespaceId, Lineage> line, @Nullable String hostname) {
        static final Held UNKNOWN = new Held(Map.of(), null);
    }

    /** A holder that is gone in the meantime is followed by another, but not without end. */
    private static final int MOST_TRIES = 3;

    private final InsideView inside;
    private final Lineages lineages;
    private final Answers<NamespaceId, Held> known = new Answers<>();

    HeldNamespaces(InsideView inside, Lineages lineages) {
        this.inside = inside;
        this.lineages = lineages;
    }

    void forget() {
        known.forget();
    }

    /** To be called after each refresh. */
    void sweep() {
        known.sweep();
    }

    Held of(NamespaceId namespace, List<Place> places) {
        Held held = known.get(namespace, () -> ask(namespace, places));
        return held == null ? Held.UNKNOWN : held;
    }

    private @Nullable Held ask(NamespaceId namespace, List<Place> places) {
        return places.stream()
                .limit(MOST_TRIES)
                .map(place -> inside.open(place.process().pid(), place.file()))
                .flatMap(Optional::stream)
                .map(opened -> held(namespace, opened))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Held held(NamespaceId namespace, OpenedNamespace opened) {
        try (OpenNamespace open = OpenNamespace.of(opened.fd())) {
            Map<NamespaceId, Lineage> line = namespace.equals(open.name()) ? lineages.above(namespace, open) : Map.of();
            String hostname = opened.hostname().isEmpty() ? null : opened.hostname();
            return line.isEmpty() ? null : new Held(line, hostname);
        }
    }
}
