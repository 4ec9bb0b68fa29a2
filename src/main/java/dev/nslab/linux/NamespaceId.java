package dev.nslab.linux;

import org.jspecify.annotations.Nullable;

/**
 * The name of a namespace in the kernel's links: "pid:[4026531836]". All inodes are of the one nsfs, so the inode alone
 * distinguishes namespaces that exist at the same time. It may be given to a new namespace as soon as the old one is
 * gone.
 */
public record NamespaceId(NamespaceType type, long inode) {

    /** Reads the target of a link in /proc/PID/ns, null if it is none. */
    public static @Nullable NamespaceId parse(String link) {
        int open = link.indexOf(":[");
        if (open < 0 || !link.endsWith("]")) {
            return null;
        }
        NamespaceType type = NamespaceType.of(link.substring(0, open));
        long inode = decimal(link, open + 2, link.length() - 1);
        return type == null || inode < 0 ? null : new NamespaceId(type, inode);
    }

    private static long decimal(String text, int from, int to) {
        try {
            return from == to ? -1 : Long.parseUnsignedLong(text, from, to, 10);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return type + ":[" + inode + "]";
    }
}
