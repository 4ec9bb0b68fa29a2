/** What every endpoint of the server shares. Knows no feature. */
@ApplicationModule(allowedDependencies = {"account", "exposure"})
@NullMarked
package dev.nslab.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
