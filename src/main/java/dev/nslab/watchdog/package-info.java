/**
 * Watches for what no limit divides: softirqs, the kernel's own memory, the lock for links. It slows or ends the sandbox that
 * harms all others by one of them.
 */
@ApplicationModule(allowedDependencies = {"linux", "sandbox"})
@NullMarked
package dev.nslab.watchdog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
