package dev.nslab.namespace;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which namespaces the processes are in, and who is in each. */
final class Census {

    private static final String FOR_CHILDREN = "_for_children";
    static final Entry NOBODY = new Entry(List.of(), List.of());

    /** @param futureParents those whose children are put into it */
    record Entry(List<ObservedProcess> members, List<ObservedProcess> futureParents) {}

    private final Map<NamespaceId, Entry> entries = new LinkedHashMap<>();

    private Census() {}

    static Map<NamespaceId, Entry> of(Collection<ObservedProcess> processes) {
        Census census = new Census();
        processes.forEach(process -> process.namespaces().forEach((link, inode) -> census.count(process, link, inode)));
        return census.entries;
    }

    private void count(ObservedProcess process, String link, long inode) {
        NamespaceType type = NamespaceType.of(link);
        if (type != null) {
            entry(type, inode).members.add(process);
            return;
        }
        NamespaceType ofChildren = NamespaceType.of(link.substring(0, link.length() - FOR_CHILDREN.length()));
        if (ofChildren != null) {
            entry(ofChildren, inode).futureParents.add(process);
        }
    }

    /** The file in /proc/PID/ns that shows in which namespace the children will be. */
    static String forChildren(NamespaceType type) {
        return type + FOR_CHILDREN;
    }

    private Entry entry(NamespaceType type, long inode) {
        return entries.computeIfAbsent(
                new NamespaceId(type, inode), _ -> new Entry(new ArrayList<>(), new ArrayList<>()));
    }
}
