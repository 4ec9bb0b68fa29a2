package dev.nslab.sandbox;

import dev.nslab.linux.UidMap;
import java.util.List;

/**
 * What can be seen of a process only from inside, because the server opens nothing below a learner's root.
 *
 * @param hostname of the process's UTS namespace, any text that a learner chose; "" when the process is gone
 * @param procPidNamespace inode of the PID namespace whose processes the process sees in /proc; 0 when no proc is
 *     mounted there
 * @param uidMap of the process's user namespace as the sandbox's own shells read it; empty before it is written
 */
public record InsideLook(String hostname, long procPidNamespace, List<UidMap.Extent> uidMap) {
    public InsideLook {
        uidMap = List.copyOf(uidMap);
    }
}
