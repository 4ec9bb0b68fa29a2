package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which processes are in each namespace. */
final class Census {

    private static final String FOR_CHILDREN = "_for_children";
    static final Entry NOBODY = new Entry(List.of(), List.of());

    /** @param futureParents processes whose children will be created in it */
    record Entry(List<ObservedProcess> members, List<ObservedThread> futureParents) {}

    private final Map<NamespaceId, Entry> entries = new LinkedHashMap<>();

    private Census() {}

    /** @param threads threads that are in other namespaces than their process */
    static Map<NamespaceId, Entry> of(Collection<ObservedProcess> processes, Collection<List<ObservedThread>> threads) {
        Census census = new Census();
        processes.forEach(process -> process.namespaces().forEach((link, inode) -> {
            NamespaceType type = NamespaceType.of(link);
            if (type != null) {
                census.entry(type, inode).members.add(process);
            }
        }));
        Stream.concat(
                        processes.stream().map(ObservedProcess::thread),
                        threads.stream().flatMap(List::stream))
                .forEach(thread -> thread.namespaces().forEach((link, inode) -> census.count(thread, link, inode)));
        return census.entries;
    }

    private void count(ObservedThread thread, String link, long inode) {
        NamespaceType ofChildren =
                link.endsWith(FOR_CHILDREN) ? NamespaceType.of(link.replace(FOR_CHILDREN, "")) : null;
        if (ofChildren != null) {
            entry(ofChildren, inode).futureParents.add(thread);
        }
    }

    /** The file in /proc/PID/ns that shows in which namespace the process's children will be created. */
    static String forChildren(NamespaceType type) {
        return type + FOR_CHILDREN;
    }

    private Entry entry(NamespaceType type, long inode) {
        return entries.computeIfAbsent(
                new NamespaceId(type, inode), _ -> new Entry(new ArrayList<>(), new ArrayList<>()));
    }
}
