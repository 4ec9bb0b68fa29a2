package dev.nslab.sandbox;

/**
 * How user and group ids of a sandbox, from 0 up, are ids of this machine (user_namespaces(7)).
 *
 * @param mapper who may write the map
 * @param uid first user id on this machine
 * @param gid first group id on this machine
 * @param count how many ids of each, from there on
 */
record IdMap(Mapper mapper, int uid, int gid, int count) {
    enum Mapper {
        /** The server is root: the helper writes the map itself. */
        ROOT("root"),
        /** The server's user has ranges in /etc/subuid and /etc/subgid: newuidmap(1) and newgidmap(1) write it. */
        SUBORDINATE("newuidmap"),
        /** The server's own user and group alone, for which no privilege is needed; setgroups(2) is given up. */
        SINGLE("single");

        private final String directive;

        Mapper(String directive) {
            this.directive = directive;
        }

        String directive() {
            return directive;
        }
    }

    String uids() {
        return "0 " + uid + " " + count;
    }

    String gids() {
        return "0 " + gid + " " + count;
    }

    /** Whether the group id is one of the sandbox's. */
    boolean hasGroup(int group) {
        return group < count;
    }
}
