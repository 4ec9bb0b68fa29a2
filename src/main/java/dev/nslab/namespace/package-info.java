/**
 * The state of a sandbox at this moment: {@link dev.nslab.namespace.SnapshotSource} reads the kernel's files about its
 * processes and makes {@link dev.nslab.namespace.Snapshot}s of them.
 */
@NullMarked
package dev.nslab.namespace;

import org.jspecify.annotations.NullMarked;
