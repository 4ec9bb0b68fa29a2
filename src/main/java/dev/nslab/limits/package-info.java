/** What learners and their sandboxes may use of the machine, and what all of them may use together. */
@ApplicationModule(allowedDependencies = {"linux"})
@NullMarked
package dev.nslab.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
