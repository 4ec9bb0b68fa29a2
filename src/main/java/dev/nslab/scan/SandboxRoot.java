package dev.nslab.scan;

import dev.nslab.sandbox.Sandbox;
import java.util.Map;

/**
 * Where a sandbox begins.
 *
 * @param init PID of the sandbox's PID 1 as the server sees it
 * @param namespaces inodes of the sandbox's own namespaces by their names in /proc/PID/ns, as the init itself reports
 *     them, because a server that is not root may not read them of a process that is not dumpable. Those that are
 *     missing here are read from the init's files, if possible
 */
public record SandboxRoot(int init, Map<String, Long> namespaces) {
    public SandboxRoot {
        namespaces = Map.copyOf(namespaces);
    }

    /** Where a sandbox begins since its last reset. */
    public static SandboxRoot of(Sandbox sandbox) {
        return new SandboxRoot(sandbox.init(), sandbox.namespaces());
    }
}
