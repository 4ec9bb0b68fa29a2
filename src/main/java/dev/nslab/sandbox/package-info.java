/**
 * Sandboxes: a learner's own Linux, made of namespaces. {@link dev.nslab.sandbox.Sandboxes} starts them,
 * {@link dev.nslab.sandbox.Sandbox} opens shells in one, resets and ends it.
 */
@ApplicationModule(allowedDependencies = {"limits", "linux"})
@NullMarked
package dev.nslab.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
