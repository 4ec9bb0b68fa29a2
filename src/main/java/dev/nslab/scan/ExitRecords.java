package dev.nslab.scan;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Pidfd;
import dev.nslab.linux.Poller;
import dev.nslab.linux.Poller.Registration;
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
 * How processes ended that others reap. A zombie's status is in its stat file. Once the zombie is reaped, the kernel
 * still tells its status to whoever holds a pidfd of it (since Linux 6.15). The number of pidfds is limited, and inits
 * have a share of their own, because other processes end with them.
 */
final class ExitRecords implements AutoCloseable {

    private static final int MOST_INITS = 32;
    private static final int MOST_OTHERS = 32;

    /** How many reports by the sandbox's init about its own children are kept. Each is needed soon or never. */
    private static final int MOST_TOLD = 128;

    private record Held(Pidfd pidfd, Registration watch) {
        void close() {
            watch.close();
            pidfd.close();
        }
    }

    private final ProcFs proc;
    private final Poller poller;
    private final Runnable whenOneEnds;
    private final Map<ProcessKey, Held> inits = new HashMap<>();
    private final Map<ProcessKey, Held> others = new HashMap<>();
    private final Map<Integer, ExitStatus> told = new LinkedHashMap<>();

    /** @param whenOneEnds called by the poller when a process ends whose pidfd is held */
    ExitRecords(ProcFs proc, Poller poller, Runnable whenOneEnds) {
        this.proc = proc;
        this.poller = poller;
        this.whenOneEnds = whenOneEnds;
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
        Map<ProcessKey, Held> held = process.isInit() ? inits : others;
        if (held.size() >= (process.isInit() ? MOST_INITS : MOST_OTHERS) || held.containsKey(key)) {
            return;
        }
        Pidfd pidfd = Pidfd.open(key.hostPid());
        if (pidfd != null) {
            hold(key, pidfd, held);
        }
    }

    private void hold(ProcessKey key, Pidfd pidfd, Map<ProcessKey, Held> held) {
        ProcessStat stat = proc.stat(key.hostPid());
        if (stat == null || stat.startTime() != key.startTime()) {
            pidfd.close(); // by now the PID belongs to another process
            return;
        }
        try {
            held.put(key, new Held(pidfd, pidfd.whenEnded(poller, whenOneEnds)));
        } catch (LinuxException tooMany) {
            pidfd.close();
        }
    }

    /** The status of a process that has been reaped; null if it cannot be found out. */
    @Nullable
    ExitStatus ofReaped(ProcessKey key, int pid) {
        Held held = inits.containsKey(key) ? inits.get(key) : others.get(key);
        Integer status = held == null ? null : held.pidfd.exitStatus();
        return status == null ? told.get(pid) : ExitStatus.ofWait(status);
    }

    /** The status of a process that was a zombie a moment ago; null if it cannot be found out. */
    @Nullable
    ExitStatus ofZombie(ProcessKey key, ObservedProcess zombie) {
        // The kernel shows the status only to those who may also read this link. Others see a 0.
        Integer status = zombie.namespaces().containsKey("user") ? proc.exitStatus(zombie.hostPid()) : null;
        return status == null ? ofReaped(key, zombie.pid()) : ExitStatus.ofWait(status);
    }

    void retain(Set<ProcessKey> keys) {
        retain(inits, keys);
        retain(others, keys);
    }

    private static void retain(Map<ProcessKey, Held> held, Set<ProcessKey> keys) {
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
