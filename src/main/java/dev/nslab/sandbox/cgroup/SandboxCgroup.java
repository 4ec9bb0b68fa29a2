package dev.nslab.sandbox.cgroup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup of a sandbox in one hierarchy.
 *
 * @param directory contains its limits
 * @param controllers that its root may have in cgroups of their own, below it: "+cpu +pids"; null where they may make
 *     none
 */
public record SandboxCgroup(Path directory, @Nullable String controllers) {

    /**
     * The file to which a process writes 0 to join. In version 2 it is in the cgroup that the sandbox sees as its root.
     */
    public Path members() {
        return directory.resolve(controllers == null ? "cgroup.procs" : "lab/cgroup.procs");
    }
}
