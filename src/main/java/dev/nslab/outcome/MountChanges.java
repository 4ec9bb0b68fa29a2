package dev.nslab.outcome;

import dev.nslab.linux.Mount;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has changed in a mount namespace between two snapshots. */
final class MountChanges {

    /** The kernel reuses mount ids at once. Together with what is mounted, an id nearly always identifies a mount. */
    private record Identity(int id, String device, String root, String type, String source) {
        static Identity of(Mount mount) {
            return new Identity(mount.id(), mount.device(), mount.root(), mount.type(), mount.source());
        }
    }

    /** What a copy has in common with the mount that it was copied from. */
    private record Likeness(String device, String point, String root, String type, String source) {
        static Likeness of(Mount mount) {
            return new Likeness(mount.device(), mount.point(), mount.root(), mount.type(), mount.source());
        }
    }

    private final Sight earlier;
    private final List<Mount> now;
    private final @Nullable List<Mount> before;

    private MountChanges(Sight earlier, List<Mount> now, @Nullable List<Mount> before) {
        this.earlier = earlier;
        this.now = now;
        this.before = before;
    }

    /** Empty if the changes cannot be determined. */
    static Optional<MountChanges> of(long inode, Sight earlier, Sight later) {
        Optional<Namespace> namespace = later.namespace(NamespaceType.MNT, inode);
        Optional<List<Mount>> now = later.mounts(inode);
        if (namespace.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        boolean there = earlier.has(namespace.get());
        Optional<List<Mount>> before = there ? earlier.mounts(inode) : Optional.empty();
        return there && before.isEmpty()
                ? Optional.empty()
                : Optional.of(new MountChanges(earlier, now.get(), before.orElse(null)));
    }

    /** Whether the namespace already existed at the earlier snapshot. */
    boolean isOfOld() {
        return before != null;
    }

    /** In the order in which they were made. */
    List<Mount> added() {
        return before == null ? surplus() : missing(now, before);
    }

    List<Mount> gone() {
        return before == null ? List.of() : missing(before, now);
    }

    private static List<Mount> missing(List<Mount> some, List<Mount> others) {
        Set<Identity> known = others.stream().map(Identity::of).collect(Collectors.toSet());
        return some.stream()
                .filter(mount -> !known.contains(Identity.of(mount)))
                .toList();
    }

    /**
     * A new namespace starts with copies of all mounts of another one. Mounts that it has more often than any other
     * namespace had before were made in it.
     */
    private List<Mount> surplus() {
        Map<Likeness, Long> copies = new HashMap<>();
        for (Namespace namespace : earlier.namespaces(NamespaceType.MNT)) {
            if (namespace.mounts().more() > 0) {
                return List.of();
            }
            counted(namespace.mounts().all()).forEach((like, count) -> copies.merge(like, count, Math::max));
        }
        List<Mount> added = new ArrayList<>();
        for (Mount mount : now) {
            if (copies.merge(Likeness.of(mount), -1L, Long::sum) < 0) {
                added.add(mount);
            }
        }
        return added;
    }

    private static Map<Likeness, Long> counted(List<Mount> mounts) {
        return mounts.stream().collect(Collectors.groupingBy(Likeness::of, Collectors.counting()));
    }

    List<Mount> moved() {
        return different(
                (one, other) -> one.parent() == other.parent() && one.point().equals(other.point()));
    }

    /** Mounts whose options or propagation changed. */
    List<Mount> changed() {
        return different((one, other) -> one.options().equals(other.options())
                && one.superOptions().equals(other.superOptions())
                && one.propagation().equals(other.propagation())
                && Objects.equals(one.peerGroup(), other.peerGroup())
                && Objects.equals(one.master(), other.master()));
    }

    private List<Mount> different(BiPredicate<Mount, Mount> same) {
        if (before == null) {
            return List.of();
        }
        Map<Identity, Mount> old =
                before.stream().collect(Collectors.toMap(Identity::of, Function.identity(), (one, _) -> one));
        return now.stream()
                .filter(mount -> {
                    Mount earlierOne = old.get(Identity.of(mount));
                    return earlierOne != null && !same.test(earlierOne, mount);
                })
                .toList();
    }

    /** Whether the root of the namespace is now another mount. */
    boolean hasOtherRoot() {
        Optional<Mount> root = root(now);
        if (before != null) {
            return !root.map(Identity::of).equals(root(before).map(Identity::of));
        }
        return earlier.namespaces(NamespaceType.MNT).stream()
                .map(namespace -> root(namespace.mounts().all()).map(Likeness::of))
                .noneMatch(root.map(Likeness::of)::equals);
    }

    private static Optional<Mount> root(List<Mount> mounts) {
        return tops(mounts).stream().filter(mount -> mount.point().equals("/")).findFirst();
    }

    /** The mounts that are not mounted on another one of the list. */
    static List<Mount> tops(List<Mount> mounts) {
        Set<Integer> ids = mounts.stream().map(Mount::id).collect(Collectors.toCollection(HashSet::new));
        return mounts.stream().filter(mount -> !ids.contains(mount.parent())).toList();
    }

    /** Whether processes of other namespaces may mount and unmount in this one, by propagation. */
    boolean haveCompany() {
        return now.stream().anyMatch(MountChanges::isPropagated)
                || (before != null && before.stream().anyMatch(MountChanges::isPropagated));
    }

    private static boolean isPropagated(Mount mount) {
        return mount.peerGroup() != null || mount.master() != null;
    }

    /** Whether some of these are mounted on a mount that propagates to others or receives from them. */
    boolean arePropagated(List<Mount> mounts) {
        Set<Integer> parents = mounts.stream().map(Mount::parent).collect(Collectors.toSet());
        return (before == null ? now : before)
                .stream().filter(mount -> parents.contains(mount.id())).anyMatch(MountChanges::isPropagated);
    }
}
