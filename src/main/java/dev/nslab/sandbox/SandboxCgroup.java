package dev.nslab.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a sandbox is in one hierarchy of cgroups.
 *
 * @param directory has its limits
 * @param controllers that its root may have in cgroups of their own, below it: "+cpu +pids"; null where they may make none
 */
record SandboxCgroup(Path directory, @Nullable String controllers) {

    /** By writing 0 to it a process joins. In version 2 that is where the sandbox sees its root. */
    Path members() {
        return directory.resolve(controllers == null ? "cgroup.procs" : "lab/cgroup.procs");
    }
}
