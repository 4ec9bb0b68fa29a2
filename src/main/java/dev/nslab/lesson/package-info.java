/** Lessons: their steps, checks and predictions, and the expressions in which these are written. Knows no web and no terminal. */
@ApplicationModule(allowedDependencies = {"linux", "namespace"})
@NullMarked
package dev.nslab.lesson;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
