package dev.nslab.outcome;

import dev.nslab.linux.Mount;
import dev.nslab.outcome.Pending.Kind;
import dev.nslab.sandbox.Call;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Outcomes of mount(2), umount2(2) and pivot_root(2). Only the mount namespace and the flags of a call are known. So
 * calls are credited with changes there only if each call has exactly one change, and nothing else can have caused it.
 */
final class MountOutcomes {

    private static final Set<Kind> ALL = EnumSet.complementOf(EnumSet.of(Kind.NOTHING, Kind.REMOUNT));
    private static final Set<Kind> REARRANGING = EnumSet.of(Kind.MOVE, Kind.PIVOT);
    private static final int MOST_CLAIMS = 200;

    /** A change is credited to one call at most. */
    private record Claim(long call, long namespace, Instant at, int mount) {}

    private final Deque<Claim> claims = new ArrayDeque<>();

    List<Outcome> of(Window window) {
        Map<Kind, Map<Long, List<Pending>>> groups =
                window.pending(one -> one.kind() != Kind.NOTHING && one.call().namespace() != 0).stream()
                        .collect(Collectors.groupingBy(
                                Pending::kind,
                                Collectors.groupingBy(
                                        one -> one.call().namespace(), LinkedHashMap::new, Collectors.toList())));
        List<Outcome> found = new ArrayList<>();
        groups.forEach((kind, byNamespace) -> byNamespace.forEach((namespace, group) -> MountChanges.of(
                        namespace, group.getFirst().before(), window.now())
                .ifPresent(changes -> found.addAll(of(kind, group, changes, window)))));
        return found;
    }

    private List<Outcome> of(Kind kind, List<Pending> group, MountChanges changes, Window window) {
        return switch (kind) {
            case MOUNT -> mounted(group, changes, window);
            case UNMOUNT -> unmounted(group, changes, window);
            case MOVE -> moved(group, changes, window);
            case REMOUNT -> remounted(group, changes, window);
            case PIVOT -> pivoted(group, changes, window);
            case NOTHING -> List.of();
        };
    }

    private List<Outcome> mounted(List<Pending> group, MountChanges changes, Window window) {
        Pending first = group.getFirst();
        List<Mount> added = changes.added().stream()
                .filter(mount -> !isClaimed(first, mount))
                .toList();
        if (added.isEmpty()) {
            return none(group, changes, window, EnumSet.of(Kind.UNMOUNT, Kind.PIVOT, Kind.MOVE));
        }
        boolean doubtful = window.hasBeside(
                first,
                call -> isIn(first, call)
                        && Pending.kind(call) == Kind.MOUNT
                        && group.stream().noneMatch(one -> one.call().id() == call.id())
                        && claims.stream().noneMatch(claim -> claim.call == call.id()));
        boolean propagated = changes.arePropagated(added);
        if (doubtful || isRearranged(first, window) || (propagated && isShared(first, window))) {
            return List.of();
        }
        // Copies propagated to peers come after the mount itself, and the rest of a tree after its top.
        boolean tree = group.stream().anyMatch(Pending::isRecursive);
        List<Mount> one = propagated && group.size() == 1
                ? added.subList(0, 1)
                : tree ? MountChanges.tops(added) : propagated ? List.of() : added;
        return one.size() == group.size() ? claim(group, one) : List.of();
    }

    private List<Outcome> claim(List<Pending> group, List<Mount> mounts) {
        List<Outcome> found = new ArrayList<>();
        for (int index = 0; index < group.size(); index++) {
            Pending one = group.get(index);
            Mount mount = mounts.get(index);
            claims.add(new Claim(
                    one.call().id(), one.call().namespace(), one.call().at(), mount.id()));
            found.add(Outcome.mounted(one, mount));
        }
        while (claims.size() > MOST_CLAIMS) {
            claims.remove();
        }
        return found;
    }

    private boolean isClaimed(Pending one, Mount mount) {
        return claims.stream()
                .anyMatch(claim -> claim.namespace == one.call().namespace()
                        && claim.mount == mount.id()
                        && !claim.at.isBefore(one.before().began()));
    }

    private static List<Outcome> unmounted(List<Pending> group, MountChanges changes, Window window) {
        Pending first = group.getFirst();
        List<Mount> gone = changes.gone();
        if (gone.isEmpty()) {
            return none(group, changes, window, EnumSet.of(Kind.MOUNT, Kind.PIVOT, Kind.MOVE));
        }
        List<Mount> tops = MountChanges.tops(gone);
        boolean clear = group.size() == 1
                && tops.size() == 1
                && !isRearranged(first, window)
                && !window.hasBeside(first, call -> isIn(first, call) && Pending.kind(call) == Kind.UNMOUNT)
                && !(changes.arePropagated(tops) && isShared(first, window));
        return clear ? List.of(Outcome.at(first, "unmounted", tops.getFirst())) : List.of();
    }

    private static List<Outcome> moved(List<Pending> group, MountChanges changes, Window window) {
        Pending first = group.getFirst();
        List<Mount> tops = MountChanges.tops(changes.moved());
        boolean clear = group.size() == 1 && tops.size() == 1 && !isRearranged(first, window);
        if (tops.isEmpty()) {
            return none(group, changes, window, ALL);
        }
        return clear ? List.of(Outcome.mounted(first, tops.getFirst())) : List.of();
    }

    /** Never "none": an unchanged mount proves nothing, because it may have had these options before. */
    private static List<Outcome> remounted(List<Pending> group, MountChanges changes, Window window) {
        Pending first = group.getFirst();
        List<Mount> tops = MountChanges.tops(changes.changed());
        boolean clear = group.size() == 1
                && tops.size() == 1
                && !isRearranged(first, window)
                && !window.hasBeside(first, call -> Pending.kind(call) == Kind.REMOUNT && isIn(first, call));
        return clear ? List.of(Outcome.at(first, "remounted", tops.getFirst())) : List.of();
    }

    private static List<Outcome> pivoted(List<Pending> group, MountChanges changes, Window window) {
        Pending first = group.getFirst();
        if (!changes.hasOtherRoot()) {
            return none(group, changes, window, EnumSet.of(Kind.PIVOT, Kind.MOVE));
        }
        return group.size() == 1 && !isRearranged(first, window) ? List.of(Outcome.of(first, "pivoted")) : List.of();
    }

    /** The outcome "none" for calls that have returned, if no call of another kind can have undone what they did. */
    private static List<Outcome> none(List<Pending> group, MountChanges changes, Window window, Set<Kind> others) {
        return group.stream()
                .filter(one -> changes.isOfOld() && one.hasReturned(window.now()))
                .filter(one -> !window.hasBeside(
                        one, call -> others.contains(Pending.kind(call)) && (isIn(one, call) || changes.haveCompany())))
                .map(Outcome::none)
                .toList();
    }

    private static boolean isIn(Pending one, Call call) {
        return call.namespace() == one.call().namespace();
    }

    /** Whether mounts may now be at other points than when the call was made. */
    private static boolean isRearranged(Pending one, Window window) {
        return window.hasBeside(one, call -> isIn(one, call) && REARRANGING.contains(Pending.kind(call)));
    }

    /** Whether mounts may have been propagated from another namespace, or unmounted together with mounts there. */
    private static boolean isShared(Pending one, Window window) {
        return window.hasBeside(one, call -> !isIn(one, call) && ALL.contains(Pending.kind(call)));
    }
}
