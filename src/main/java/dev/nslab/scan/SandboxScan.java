package dev.nslab.scan;

import dev.nslab.linux.ProcFs;
import dev.nslab.linux.ProcessStat;
import dev.nslab.linux.ProcessStatus;
import dev.nslab.linux.UidMap;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One walk from the sandbox's init down to all its descendants. These are all processes of the sandbox, because every
 * process of a PID namespace descends from the namespace's init: an orphan is given to that init, or to an ancestor
 * that asked for orphans (PR_SET_CHILD_SUBREAPER), but never to a process outside.
 */
final class SandboxScan {

    private static final int MOST_PASSES = 4;

    private final ProcFs proc;
    private final SandboxRoot root;
    private final UidMap uids;
    private final Map<Integer, ObservedProcess> found = new LinkedHashMap<>();
    private int levelsOutside;

    SandboxScan(ProcFs proc, SandboxRoot root, UidMap uids) {
        this.proc = proc;
        this.root = root;
        this.uids = uids;
    }

    /**
     * All processes, parents first; none if the init is gone.
     *
     * @param startTime of the init, so that a later process with the same PID is not taken for it
     */
    Collection<ObservedProcess> run(long startTime) {
        ProcessStat stat = proc.stat(root.init());
        ProcessStatus status = proc.status(root.init());
        if (stat == null
                || status == null
                || stat.startTime() != startTime
                || status.pids().getLast() != 1) {
            return List.of();
        }
        levelsOutside = status.pids().size() - 1;
        ObservedProcess init = observed(root.init(), stat, status, 0);
        found.put(init.hostPid(), init);
        descendFromInits();
        return found.values();
    }

    /**
     * Repeats the walk while it finds something new, because a process whose parent dies during the walk moves to an
     * init that the walk has already passed. The number of passes is limited, because a loop may create processes
     * faster than they can be read.
     */
    private void descendFromInits() {
        int before = 0;
        for (int pass = 0; pass < MOST_PASSES && found.size() > before; pass++) {
            before = found.size();
            descend(found.values().stream().filter(ObservedProcess::isInit).toList());
        }
    }

    /** Adds all descendants. Not recursive, because a learner decides how deep the tree is. */
    private void descend(Collection<ObservedProcess> parents) {
        Deque<ObservedProcess> waiting = new ArrayDeque<>(parents);
        while (!waiting.isEmpty()) {
            ObservedProcess parent = waiting.remove();
            for (int child :
                    proc.children(parent.thread().hostTid(), parent.stat().threads())) {
                ObservedProcess process = found.containsKey(child) ? null : observe(child);
                if (process != null) {
                    found.put(child, process);
                    waiting.add(process);
                }
            }
        }
    }

    private @Nullable ObservedProcess observe(int hostPid) {
        ProcessStat stat = proc.stat(hostPid);
        ProcessStatus status = proc.status(hostPid);
        if (stat == null || status == null || status.pids().size() <= levelsOutside) {
            return null;
        }
        // The parent must be a process that the walk has passed, since even orphans are given to an ancestor. Otherwise
        // the PID now belongs to a process outside the sandbox.
        ObservedProcess parent = found.get(stat.parent());
        return parent == null ? null : observed(hostPid, stat, status, parent.pid());
    }

    private ObservedProcess observed(int hostPid, ProcessStat stat, ProcessStatus status, int parent) {
        Living living = living(hostPid, stat, status);
        List<Integer> sessions = status.sessions();
        return new ObservedProcess(
                hostPid,
                living.stat,
                living.status,
                inside(status),
                parent,
                sessions.size() > levelsOutside ? sessions.get(levelsOutside) : 0,
                uids.inside(living.status.uid()),
                proc.arguments(living.hostTid),
                new ObservedThread(
                        living.hostTid,
                        inside(living.status),
                        ObservedThread.namespaces(
                                proc, living.hostTid, hostPid == root.init() ? root.namespaces() : Map.of()),
                        proc.rootDirectory(living.hostTid)));
    }

    private List<Integer> inside(ProcessStatus status) {
        return status.pids().subList(levelsOutside, status.pids().size());
    }

    /** The files that describe a living process. */
    private record Living(int hostTid, ProcessStat stat, ProcessStatus status) {}

    /**
     * A process lives as long as one of its threads. If the first thread ends before the others, it stays as a zombie,
     * whose files are empty.
     */
    private Living living(int hostPid, ProcessStat stat, ProcessStatus status) {
        if (stat.isDead() && stat.threads() > 1) {
            for (int thread : proc.threads(hostPid)) {
                ProcessStat ofThread = proc.stat(thread);
                ProcessStatus more = proc.status(thread);
                if (ofThread != null
                        && more != null
                        && !ofThread.isDead()
                        && more.pids().size() == status.pids().size()) {
                    return new Living(thread, stat.livingBy(ofThread), more);
                }
            }
        }
        return new Living(hostPid, stat, status);
    }
}
