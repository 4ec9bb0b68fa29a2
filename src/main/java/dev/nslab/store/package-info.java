/** The embedded database, opened when it is first needed. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.nslab.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
