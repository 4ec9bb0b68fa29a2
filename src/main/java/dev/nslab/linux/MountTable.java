package dev.nslab.linux;

import java.util.List;

/**
 * What of a process's mounts the lab needs to know (/proc/PID/mountinfo).
 *
 * @param procDevice device ("0:45") of the proc file system at /proc, empty if there is none or something else covers it
 * @param namespaces those that are kept by a bind mount
 */
public record MountTable(String procDevice, List<Bound> namespaces) {

    /**
     * A bind mount of a namespace's file.
     *
     * @param path where it is mounted, from the process's own root
     */
    public record Bound(NamespaceId namespace, String path) {}
}
