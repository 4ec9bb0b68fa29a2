package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.UidMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that something other than a process holds, as the helper finds it. All texts are of the learner's making.
 *
 * @param cloneFlag its CLONE_NEW* flag, which tells its type
 * @param id null before Linux 6.18
 * @param parent inode of the namespace around it; null for most types, and above the sandbox's own
 * @param owner the user namespace that owns it, for the receiver to close
 * @param facts what there is to know of its type (message.h)
 */
public record HeldNamespace(
        long cloneFlag,
        long inode,
        @Nullable Long id,
        @Nullable Long parent,
        Fd owner,
        List<String> facts) {

    private boolean is(NamespaceType type) {
        return NamespaceType.ofCloneFlag(cloneFlag) == type;
    }

    /** Null for another type than UTS. */
    public @Nullable String hostname() {
        return is(NamespaceType.UTS) && !facts.isEmpty() ? facts.getFirst() : null;
    }

    /** Of a network namespace, by name; none of one that may not be entered. */
    public List<String> interfaces() {
        return is(NamespaceType.NET) ? facts : List.of();
    }

    /** Of a user namespace, as the sandbox's own shells read it; empty while it is not written or unknown. */
    public List<UidMap.Extent> uidMap() {
        return is(NamespaceType.USER) && !facts.isEmpty() ? UidMap.extents(facts.getFirst()) : List.of();
    }

    /** Of a mount namespace; null for the other types and where it is unknown. */
    public @Nullable MountTable mounts() {
        boolean known = is(NamespaceType.MNT) && !facts.getLast().isEmpty();
        return known ? MountTable.of(facts.getLast(), Integer.parseInt(facts.getFirst())) : null;
    }
}
