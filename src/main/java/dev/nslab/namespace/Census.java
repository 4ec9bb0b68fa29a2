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

    static final String FOR_CHILDREN = "pid_for_children";
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
        } else if (link.equals(FOR_CHILDREN)) {
            entry(NamespaceType.PID, inode).futureParents.add(process);
        }
    }

    private Entry entry(NamespaceType type, long inode) {
        return entries.computeIfAbsent(
                new NamespaceId(type, inode), _ -> new Entry(new ArrayList<>(), new ArrayList<>()));
    }
}
