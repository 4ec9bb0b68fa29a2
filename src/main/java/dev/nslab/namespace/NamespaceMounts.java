package dev.nslab.namespace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.linux.Mount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The mounts of a mount namespace; in JSON as a difference where that is shorter: a new mount namespace has copies of
 * all mounts of the one it was made from, with other ids.
 *
 * @param base inode of the sandbox's own mount namespace, whose mounts this one has as well; null if the mounts are
 *     given in full
 * @param without ids of the mounts of the base that it does not have
 * @param mounts those that it has in addition. A parent that is also in the base is named by its id there
 * @param more how many mounts there are beyond those that are sent
 * @param all its mounts with their own numbers
 */
public record NamespaceMounts(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long base,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> without,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Mount> mounts,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int more,
        @JsonIgnore List<Mount> all) {

    public static final NamespaceMounts NONE = whole(List.of(), 0);

    public NamespaceMounts {
        without = Namespace.orEmpty(without);
        mounts = Namespace.orEmpty(mounts);
        all = Namespace.orEmpty(all);
    }

    public static NamespaceMounts whole(List<Mount> mounts, int more) {
        return new NamespaceMounts(null, List.of(), mounts, more, mounts);
    }

    /** As the difference from the base, or in full if that is no longer than the difference. */
    public static NamespaceMounts of(List<Mount> mounts, int more, long base, List<Mount> baseMounts) {
        Map<Mount, Deque<Mount>> inBase = new HashMap<>();
        baseMounts.forEach(mount -> inBase.computeIfAbsent(anonymous(mount), _ -> new ArrayDeque<>())
                .add(mount));
        Map<Integer, Integer> idInBase = new HashMap<>();
        List<Mount> besides = new ArrayList<>();
        Set<Integer> without = new TreeSet<>();
        baseMounts.forEach(mount -> without.add(mount.id()));
        for (Mount mount : mounts) {
            Mount same =
                    inBase.getOrDefault(anonymous(mount), new ArrayDeque<>()).poll();
            if (same == null) {
                besides.add(mount);
            } else {
                idInBase.put(mount.id(), same.id());
                without.remove(same.id());
            }
        }
        if (besides.size() == mounts.size()) {
            return whole(mounts, more);
        }
        List<Mount> shown = besides.stream()
                .map(mount -> mount.with(mount.id(), idInBase.getOrDefault(mount.parent(), mount.parent())))
                .toList();
        return new NamespaceMounts(base, List.copyOf(without), shown, more, mounts);
    }

    /** Equals what is left out of JSON. */
    static final class None {
        @Override
        public boolean equals(@Nullable Object value) {
            return NONE.equals(value);
        }

        @Override
        public int hashCode() {
            return NONE.hashCode();
        }
    }

    private static Mount anonymous(Mount mount) {
        return mount.with(0, 0);
    }
}
