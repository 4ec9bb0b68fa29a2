/**
 * Looks at a sandbox again and again for as long as somebody holds a lease on its snapshots: after something happened there, and
 * now and then.
 */
@ApplicationModule(allowedDependencies = {"namespace", "outcome", "sandbox", "scan"})
@NullMarked
package dev.nslab.observation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
