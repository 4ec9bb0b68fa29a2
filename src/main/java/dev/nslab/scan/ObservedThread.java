package dev.nslab.scan;

import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thread, which can be in other namespaces than the rest of its process. /proc has a folder for each thread, though
 * it lists only those of first threads.
 *
 * @param hostTid TID in the server's /proc
 * @param tids in every PID namespace from the sandbox's first inwards
 * @param namespaces inodes by the names in /proc/PID/ns, without those that cannot be read
 * @param root root directory in its mount namespace, null if it cannot be read
 */
record ObservedThread(
        int hostTid,
        List<Integer> tids,
        Map<String, Long> namespaces,
        @Nullable String root) {

    /** The files of /proc/PID/ns that are read, in the order in which they are shown. */
    static final List<String> LINKS = List.of(
            "pid", "pid_for_children", "mnt", "uts", "ipc", "net", "user", "cgroup", "time", "time_for_children");

    int tid() {
        return tids.getFirst();
    }

    /** Inode of the namespace of that type that the thread is in; null if it cannot be read. */
    @Nullable
    Long namespace(NamespaceType type) {
        return namespaces.get(type.toString());
    }

    /** @param otherwise inodes to use for links that cannot be read */
    static Map<String, Long> namespaces(ProcFs proc, int hostTid, Map<String, Long> otherwise) {
        Map<String, Long> namespaces = new LinkedHashMap<>();
        for (String link : LINKS) {
            var namespace = proc.namespace(hostTid, link);
            Long inode = namespace == null ? otherwise.get(link) : Long.valueOf(namespace.inode());
            if (inode != null) {
                namespaces.put(link, inode);
            }
        }
        return Collections.unmodifiableMap(namespaces);
    }
}
