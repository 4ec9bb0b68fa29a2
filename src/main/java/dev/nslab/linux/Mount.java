package dev.nslab.linux;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of /proc/PID/mountinfo, see proc_pid_mountinfo(5). Texts are as people chose them: unescaped, invalid UTF-8 as
 * U+FFFD.
 *
 * @param id the kernel's id, used again for a later mount once this one is gone
 * @param parent id of the mount that this one is mounted on; may be one that is not in the list
 * @param device of the file system, the same for all mounts of it and of no other that is mounted: "0:52", by major and
 *     minor number
 * @param point where it is mounted, from the root of the process
 * @param root which directory of its file system shows there: "/" but for bind mounts
 * @param type of the file system: "tmpfs"
 * @param source what was given as its source when it was mounted
 * @param options of this mount: "ro", "nosuid"
 * @param superOptions of the file system
 * @param propagation "private", "shared", "slave", "shared,slave" or "unbindable"
 * @param peerGroup those with the same number pass mounts on to one another; null unless it is shared
 * @param master peer group from which it receives mounts; null unless it is a slave
 */
public record Mount(
        int id,
        int parent,
        String device,
        String point,
        String root,
        String type,
        String source,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> options,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> superOptions,
        String propagation,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer peerGroup,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer master) {

    public Mount {
        options = options == null ? List.of() : List.copyOf(options);
        superOptions = superOptions == null ? List.of() : List.copyOf(superOptions);
    }

    /** Converts a mount as seen by processes with that root directory to how it is seen from outside. */
    public Mount below(String directory) {
        String path = point.equals("/") ? directory : directory + point;
        return new Mount(
                id, parent, device, path, root, type, source, options, superOptions, propagation, peerGroup, master);
    }

    /** The same mount with other ids. */
    public Mount with(int newId, int newParent) {
        return new Mount(
                newId,
                newParent,
                device,
                point,
                root,
                type,
                source,
                options,
                superOptions,
                propagation,
                peerGroup,
                master);
    }
}
