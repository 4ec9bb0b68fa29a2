package dev.nslab.namespace;

import dev.nslab.linux.Pidfd;
import dev.nslab.linux.ProcFs;
import dev.nslab.linux.ProcessStat;
import dev.nslab.sandbox.ExitStatus;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How processes ended that others reap. A zombie's status is in its stat file; of one that is reaped the kernel tells whoever
 * held a pidfd of it (Linux 6.15). Only so many are held: first of all the inits, whose end takes others along.
 */
final class ExitRecords implements AutoCloseable {

    private static final int MOST_INITS = 32;
    private static final int MOST_OTHERS = 32;

    /** Told by the sandbox's init of its own children, and soon asked for. */
    private static final int MOST_TOLD = 128;

    private final ProcFs proc;
    private final Map<ProcessKey, Pidfd> inits = new HashMap<>();
    private final Map<ProcessKey, Pidfd> others = new HashMap<>();
    private final Map<Integer, ExitStatus> told = new LinkedHashMap<>();

    ExitRecords(ProcFs proc) {
        this.proc = proc;
    }

    void told(int pid, ExitStatus status) {
        told.put(pid, status);
        if (told.size() > MOST_TOLD) {
            Iterator<Integer> eldest = told.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    void hold(ProcessKey key, ObservedProcess process) {
        Map<ProcessKey, Pidfd> held = process.isInit() ? inits : others;
        if (held.size() >= (process.isInit() ? MOST_INITS : MOST_OTHERS) || held.containsKey(key)) {
            return;
        }
        Pidfd pidfd = Pidfd.open(key.hostPid());
        ProcessStat stat = pidfd == null ? null : proc.stat(key.hostPid());
        if (pidfd != null && stat != null && stat.startTime() == key.startTime()) {
            held.put(key, pidfd);
        } else if (pidfd != null) {
            pidfd.close(); // it is another's by now
        }
    }

    /** Of a process that is reaped; null if nobody can tell. */
    @Nullable
    ExitStatus ofReaped(ProcessKey key, int pid) {
        Pidfd pidfd = inits.containsKey(key) ? inits.get(key) : others.get(key);
        Integer status = pidfd == null ? null : pidfd.exitStatus();
        return status == null ? told.get(pid) : ExitStatus.ofWait(status);
    }

    /** Of one that was a zombie a moment ago; null if nobody can tell. */
    @Nullable
    ExitStatus ofZombie(ProcessKey key, ObservedProcess zombie) {
        // The kernel shows it to those alone who may also see this link, to others a 0.
        Integer status = zombie.namespaces().containsKey("user") ? proc.exitStatus(zombie.hostPid()) : null;
        return status == null ? ofReaped(key, zombie.pid()) : ExitStatus.ofWait(status);
    }

    void retain(Set<ProcessKey> keys) {
        retain(inits, keys);
        retain(others, keys);
    }

    private static void retain(Map<ProcessKey, Pidfd> held, Set<ProcessKey> keys) {
        held.entrySet().removeIf(entry -> {
            boolean over = !keys.contains(entry.getKey());
            if (over) {
                entry.getValue().close();
            }
            return over;
        });
    }

    @Override
    public void close() {
        retain(Set.of());
        told.clear();
    }
}
