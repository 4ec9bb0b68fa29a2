/** How far a learner has come: evaluates checks on snapshots, takes answers, keeps notebooks. */
@ApplicationModule(allowedDependencies = {"catalogue", "lesson", "limits", "namespace", "store"})
@NullMarked
package dev.nslab.progress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
