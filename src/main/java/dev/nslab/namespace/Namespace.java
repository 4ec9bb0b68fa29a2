package dev.nslab.namespace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.UidMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that a sandbox uses. None above the sandbox's own is ever named.
 *
 * @param inode what `ls -l /proc/PID/ns` shows; used again by the kernel for a new namespace once this one is gone
 * @param id never used again until the machine restarts; null before Linux 6.18, and where the kernel does not let the
 *     server ask
 * @param parent inode of the namespace around it (pid and user); null for the other types and for the sandbox's own
 * @param owner inode of the owning user namespace; null if that is above the sandbox
 * @param sandboxRoot true for those that the sandbox was made with
 * @param hostname of a uts namespace, null for the other types and while it is unknown
 * @param members how many processes are in it
 * @param heldBy what keeps it alive, one word for each kind: "process" if it has members; "thread", "mount", "fd" and
 *     "socket" as in {@code holders}; without members also "children" (the children of a process will be in it) and
 *     "namespace" (it is the parent or owner of another one)
 * @param holders those that can be named; only some if there are many
 * @param uidMap of a user namespace, as the sandbox's first shells read it; empty while it is not written or unknown
 * @param interfaces of a net namespace, by name; none while they are unknown
 * @param mounts of a mnt namespace, none for the other types and while they are unknown
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
        List<String> heldBy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Holder> holders,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UidMap.Extent> uidMap,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> interfaces,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NamespaceMounts.None.class)
        NamespaceMounts mounts) {

    public Namespace {
        // What does not apply is left out of JSON.
        holders = orEmpty(holders);
        uidMap = orEmpty(uidMap);
        interfaces = orEmpty(interfaces);
        mounts = mounts == null ? NamespaceMounts.NONE : mounts;
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
