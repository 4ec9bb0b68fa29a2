/** The kernel's vocabulary and the few system calls that the lab needs; the only user of JNA. Knows no Spring. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.nslab.linux;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
