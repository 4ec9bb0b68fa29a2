/** Pages, the doctor's page, and what the server says when it starts. Used by nobody. */
@ApplicationModule(allowedDependencies = {"doctor", "exposure", "limits", "progress", "sandbox"})
@NullMarked
package dev.nslab.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
