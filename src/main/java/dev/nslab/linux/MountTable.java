package dev.nslab.linux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mounts that a process sees (/proc/PID/mountinfo), as they were read once. */
public final class MountTable {

    /** A longer text is not kept, and is parsed each time. */
    private static final int MOST_KEPT = 1 << 16;

    private final @Nullable ProcText text;
    private final String procDevice;
    private final List<Bound> namespaces;
    private final List<Mount> mounts;
    private final int more;

    /**
     * A bind mount of a namespace's file.
     *
     * @param path where it is mounted, from the process's own root
     */
    public record Bound(NamespaceId namespace, String path) {}

    MountTable(ProcText text, String procDevice, List<Bound> namespaces, List<Mount> mounts, int more) {
        this.text = text.length() > MOST_KEPT ? null : text;
        this.procDevice = procDevice;
        this.namespaces = List.copyOf(namespaces);
        this.mounts = List.copyOf(mounts);
        this.more = more;
    }

    /**
     * What the text of a mountinfo file says.
     *
     * @param more how many further lines the file has
     */
    public static MountTable of(String mountinfo, int more) {
        ProcText text = ProcText.of(mountinfo);
        MountTable table = ProcMounts.parse(text);
        return new MountTable(text, table.procDevice, table.namespaces, table.mounts, table.more + more);
    }

    /** Device ("0:45") of the proc file system at /proc, empty if there is none or something else covers it. */
    public String procDevice() {
        return procDevice;
    }

    /** The namespaces that are kept alive by a bind mount. */
    public List<Bound> namespaces() {
        return namespaces;
    }

    /** In the order in which the kernel has them. */
    public List<Mount> mounts() {
        return mounts;
    }

    /** How many mounts there are beyond those that are kept. */
    public int more() {
        return more;
    }

    boolean isOf(ProcText mountinfo) {
        return text != null && text.equalsBytes(mountinfo);
    }
}
