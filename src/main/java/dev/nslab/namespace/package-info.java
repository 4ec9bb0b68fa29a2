/**
 * What is so in a sandbox at one moment: its processes, threads, namespaces and mounts, in a {@link
 * dev.nslab.namespace.Snapshot}.
 */
@ApplicationModule(allowedDependencies = {"linux", "sandbox"})
@NullMarked
package dev.nslab.namespace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
