package dev.nslab.scan;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells about a namespace only by ioctls (ioctl_nsfs(2)).
 *
 * @param id unique until restart; null before Linux 6.18
 * @param parent inode of the parent namespace, null if there is none or it is above the sandbox
 * @param owner inode of the owning user namespace, null if it is above the sandbox
 */
record Lineage(
        @Nullable Long id, @Nullable Long parent, @Nullable Long owner) {
    static final Lineage UNKNOWN = new Lineage(null, null, null);
}
