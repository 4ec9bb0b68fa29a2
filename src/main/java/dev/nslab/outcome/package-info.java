/**
 * The outcomes of system calls. The server is told of a call before it is made, and never of its result. So {@link
 * dev.nslab.outcome.Outcomes} compares the snapshots before and after it.
 */
@ApplicationModule(allowedDependencies = {"linux", "namespace", "sandbox"})
@NullMarked
package dev.nslab.outcome;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
