/** Pages, the doctor's page, and what the server says when it starts. Used by nobody. */
@ApplicationModule(allowedDependencies = {"doctor", "exposure", "progress", "sandbox", "sandbox :: limits"})
@NullMarked
package dev.nslab.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
