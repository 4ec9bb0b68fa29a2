/** From where the server may be reached, and which of that it refuses to start with. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.nslab.exposure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
