package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that something other than a process holds, as the helper finds it.
 *
 * @param cloneFlag its CLONE_NEW* flag, which tells its type
 * @param id null before Linux 6.18
 * @param parent inode of the namespace around it; null for most types, and above the sandbox's own
 * @param owner the user namespace that owns it, for the receiver to close
 * @param hostname of a UTS namespace, text of the learner's making; null for the other types
 * @param interfaces of a network namespace, by name, texts of the learner's making; none of one that may not be entered
 */
public record HeldNamespace(
        long cloneFlag,
        long inode,
        @Nullable Long id,
        @Nullable Long parent,
        Fd owner,
        @Nullable String hostname,
        List<String> interfaces) {}
