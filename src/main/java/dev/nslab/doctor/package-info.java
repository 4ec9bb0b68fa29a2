/** Finds out what this machine can give to sandboxes, by trying it out. */
@ApplicationModule(allowedDependencies = {"linux", "sandbox", "sandbox :: busybox", "sandbox :: limits"})
@NullMarked
package dev.nslab.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
