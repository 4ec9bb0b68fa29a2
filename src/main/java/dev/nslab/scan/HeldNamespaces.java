package dev.nslab.scan;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.OpenNamespace;
import dev.nslab.linux.UidMap;
import dev.nslab.sandbox.HeldNamespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about namespaces that contain no process. The kernel describes a namespace only to those who have
 * opened it, and what keeps such a namespace alive belongs to the learner. So the sandbox's init opens it for a moment.
 * The init is asked again whenever the inode may have passed to another namespace.
 */
final class HeldNamespaces {

    /**
     * @param hostname of a UTS namespace
     * @param interfaces of a network namespace
     * @param uidMap of a user namespace
     * @param mounts of a mount namespace
     */
    record Held(
            Map<NamespaceId, Lineage> line,
            @Nullable String hostname,
            List<String> interfaces,
            List<UidMap.Extent> uidMap,
            @Nullable MountTable mounts) {
        static final Held UNKNOWN = new Held(Map.of(), null, List.of(), List.of(), null);
    }

    /** If a holder has disappeared in the meantime, the next one is tried, up to this many. */
    private static final int MOST_TRIES = 3;

    private final InsideView inside;
    private final Lineages lineages;
    private final AnswerCache<NamespaceId, Held> known = new AnswerCache<>();

    HeldNamespaces(InsideView inside, Lineages lineages) {
        this.inside = inside;
        this.lineages = lineages;
    }

    void forget() {
        known.forget();
    }

    /** To be called after each snapshot. */
    void sweep() {
        known.sweep();
    }

    Held of(NamespaceId namespace, List<Way> ways) {
        Held held = known.get(namespace, () -> ask(namespace, ways));
        return held == null ? Held.UNKNOWN : held;
    }

    private @Nullable Held ask(NamespaceId namespace, List<Way> ways) {
        return ways.stream()
                .limit(MOST_TRIES)
                .map(way -> inside.describe(way.pid(), way.file(), way.owners()))
                .flatMap(Optional::stream)
                .map(found -> held(namespace, found))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Held held(NamespaceId namespace, HeldNamespace found) {
        try (OpenNamespace owner = OpenNamespace.of(found.owner())) {
            boolean isIt = namespace.inode() == found.inode()
                    && namespace.type() == NamespaceType.ofCloneFlag(found.cloneFlag());
            Map<NamespaceId, Lineage> line =
                    isIt ? lineages.of(namespace, found.id(), found.parent(), owner) : Map.of();
            return line.isEmpty()
                    ? null
                    : new Held(line, found.hostname(), found.interfaces(), found.uidMap(), found.mounts());
        }
    }
}
