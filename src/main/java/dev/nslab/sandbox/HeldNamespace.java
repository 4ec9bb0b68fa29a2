package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.UidMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that something other than a member process keeps alive, as the helper describes it. A learner can choose
 * any text in it.
 *
 * @param cloneFlag its CLONE_NEW* flag, which tells its type
 * @param id null before Linux 6.18
 * @param parent inode of the namespace around it; null for most types, and above the sandbox's own
 * @param owner the user namespace that owns it; the receiver has to close it
 * @param facts what is known about it, depending on its type (message.h)
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

    /** Null unless it is a UTS namespace. */
    public @Nullable String hostname() {
        return is(NamespaceType.UTS) && !facts.isEmpty() ? facts.getFirst() : null;
    }

    /** The names of the interfaces of a network namespace; empty if the init may not enter it. */
    public List<String> interfaces() {
        return is(NamespaceType.NET) ? facts : List.of();
    }

    /** The map of a user namespace, as the sandbox's own shells read it; empty while it is unwritten or unknown. */
    public List<UidMap.Extent> uidMap() {
        return is(NamespaceType.USER) && !facts.isEmpty() ? UidMap.extents(facts.getFirst()) : List.of();
    }

    /** The mounts of a mount namespace; null for other types and where they are unknown. */
    public @Nullable MountTable mounts() {
        boolean known = is(NamespaceType.MNT) && !facts.getLast().isEmpty();
        return known ? MountTable.of(facts.getLast(), Integer.parseInt(facts.getFirst())) : null;
    }
}
