/** Finds out what this machine can give to sandboxes, by trying it out. */
@ApplicationModule(allowedDependencies = {"limits", "linux", "sandbox", "sandbox :: busybox"})
@NullMarked
package dev.nslab.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
