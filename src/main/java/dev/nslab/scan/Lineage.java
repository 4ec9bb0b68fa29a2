package dev.nslab.scan;

import org.jspecify.annotations.Nullable;

/**
 * What only the kernel's ioctls tell of a namespace.
 *
 * @param id unique until restart; null before Linux 6.18
 * @param parent inode of the namespace around it, null if there is none or it is above the sandbox
 * @param owner inode of the owning user namespace, null if it is above the sandbox
 */
record Lineage(
        @Nullable Long id, @Nullable Long parent, @Nullable Long owner) {
    static final Lineage UNKNOWN = new Lineage(null, null, null);
}
