/**
 * How snapshots come about: {@link dev.nslab.scan.SnapshotSource} reads the kernel's files about the processes of a sandbox, and
 * asks its init for what can only be seen from inside.
 */
@ApplicationModule(allowedDependencies = {"linux", "namespace", "sandbox"})
@NullMarked
package dev.nslab.scan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
