package dev.nslab.sandbox.spec;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which ids of this machine the user and group ids of a sandbox stand for (user_namespaces(7)).
 *
 * @param mapper who may write the map
 * @param uid first user id on this machine
 * @param gid first group id on this machine
 * @param count how many ids of each, from there on
 */
public record IdMap(Mapper mapper, int uid, int gid, int count) {
    public enum Mapper {
        /** The server is root: the helper writes the map itself. */
        ROOT("root"),
        /** The server's user has ranges in /etc/subuid and /etc/subgid: newuidmap(1) and newgidmap(1) write it. */
        SUBORDINATE("newuidmap"),
        /**
         * Only the server's own user and group, for which no privilege is needed; setgroups(2) is then not available.
         */
        SINGLE("single");

        private final String directive;

        Mapper(String directive) {
            this.directive = directive;
        }

        public String directive() {
            return directive;
        }
    }

    /** The first id of a range inside, and how many ids it has. */
    record Extent(int first, int count) {
        boolean has(int id) {
            return id >= first && id < first + count;
        }

        /** Divides the range into so many equal parts, and returns the one with that index. */
        Extent part(int index, int parts) {
            return new Extent(first + index * (count / parts), count / parts);
        }
    }

    /** The first ordinary user, and that user's group. */
    static final int FIRST_PERSON = 1000;

    static final int NOBODY = 65534;

    private static final int SYSTEM_IDS = 100;

    /**
     * The ids inside. If there are few, they are distributed as Linux uses them: to root and the system, to people, and
     * one to nobody, to whom files of this machine belong.
     */
    private List<Extent> extents() {
        if (count == 1 || count > NOBODY) {
            return List.of(new Extent(0, count));
        }
        Extent system = new Extent(0, Math.min(SYSTEM_IDS, count - 1));
        return Stream.of(system, new Extent(FIRST_PERSON, count - system.count - 1), new Extent(NOBODY, 1))
                .filter(extent -> extent.count > 0)
                .toList();
    }

    /** The ids for people, and for namespaces that they create; none if there are too few. */
    Extent people() {
        int most = NOBODY - FIRST_PERSON;
        return new Extent(FIRST_PERSON, Math.clamp(count > NOBODY ? most : count - SYSTEM_IDS - 1, 0, most));
    }

    public String uids() {
        return lines(uid);
    }

    public String gids() {
        return lines(gid);
    }

    private String lines(int outside) {
        StringBuilder lines = new StringBuilder();
        for (Extent extent : extents()) {
            lines.append("%d %d %d\n".formatted(extent.first, outside, extent.count));
            outside += extent.count;
        }
        return lines.toString();
    }

    /** Whether it is one of the sandbox's, as a user and as a group. */
    boolean has(int id) {
        return extents().stream().anyMatch(extent -> extent.has(id));
    }
}
