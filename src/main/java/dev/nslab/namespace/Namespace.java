package dev.nslab.namespace;

import dev.nslab.linux.NamespaceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that a sandbox uses. None above the sandbox's own is ever named.
 *
 * @param inode what `ls -l /proc/PID/ns` shows; used again by the kernel for a new namespace once this one is gone
 * @param id never used again until the machine restarts; null before Linux 6.18, and where the kernel does not let us ask
 * @param parent inode of the namespace around it (pid and user); null for the other types and for the sandbox's own
 * @param owner inode of the owning user namespace; null if that is above the sandbox
 * @param sandboxRoot true for those that the sandbox was made with
 * @param hostname of a uts namespace, null for the other types and while it is unknown
 * @param members how many processes are in it
 * @param heldBy what keeps it alive: "process" if it has members; else "pid_for_children" (it waits for the first child
 *     of a process) and "namespace" (it is parent or owner of another)
 */
public record Namespace(
        NamespaceType type,
        long inode,
        @Nullable Long id,
        @Nullable Long parent,
        @Nullable Long owner,
        boolean sandboxRoot,
        @Nullable String hostname,
        int members,
        List<String> heldBy) {}
