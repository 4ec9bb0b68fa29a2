package dev.nslab.namespace;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.ProcFs;
import dev.nslab.linux.ProcessStat;
import dev.nslab.linux.ProcessStatus;
import dev.nslab.linux.UidMap;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One walk from the sandbox's init down to all its descendants. Every process of a PID namespace descends from its init:
 * orphans are given to it, or to an ancestor that asked for them (PR_SET_CHILD_SUBREAPER), never to anyone outside.
 */
final class SandboxScan {

    /** The files of /proc/PID/ns that are looked at, in the order in which they are shown. */
    static final List<String> LINKS = List.of(
            "pid", "pid_for_children", "mnt", "uts", "ipc", "net", "user", "cgroup", "time", "time_for_children");

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
     * Again while there is something new, as a process whose parent dies during the walk moves to an init that was already
     * passed; but not for ever, where a loop makes processes faster than they can be read.
     */
    private void descendFromInits() {
        int before = 0;
        for (int pass = 0; pass < MOST_PASSES && found.size() > before; pass++) {
            before = found.size();
            descend(found.values().stream().filter(ObservedProcess::isInit).toList());
        }
    }

    /** Adds those below. Not recursive: a learner decides how deep it goes. */
    private void descend(Collection<ObservedProcess> parents) {
        Deque<ObservedProcess> waiting = new ArrayDeque<>(parents);
        while (!waiting.isEmpty()) {
            ObservedProcess parent = waiting.remove();
            for (int child : proc.children(parent.hostPid(), parent.stat().threads())) {
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
        // Whoever it was given to is an ancestor and known; else the PID has passed to a process that is not of the
        // sandbox.
        ObservedProcess parent = found.get(stat.parent());
        return parent == null ? null : observed(hostPid, stat, status, parent.pid());
    }

    private ObservedProcess observed(int hostPid, ProcessStat stat, ProcessStatus status, int parent) {
        List<Integer> sessions = status.sessions();
        return new ObservedProcess(
                hostPid,
                stat,
                status,
                status.pids().subList(levelsOutside, status.pids().size()),
                parent,
                sessions.size() > levelsOutside ? sessions.get(levelsOutside) : 0,
                uids.inside(status.uid()),
                proc.arguments(hostPid),
                namespaces(hostPid),
                proc.rootDirectory(hostPid));
    }

    private Map<String, Long> namespaces(int hostPid) {
        Map<String, Long> namespaces = new LinkedHashMap<>();
        for (String link : LINKS) {
            Long inode = inode(hostPid, link);
            if (inode != null) {
                namespaces.put(link, inode);
            }
        }
        return Collections.unmodifiableMap(namespaces);
    }

    private @Nullable Long inode(int hostPid, String link) {
        NamespaceId namespace = proc.namespace(hostPid, link);
        if (namespace != null) {
            return namespace.inode();
        }
        return hostPid == root.init() ? root.namespaces().get(link) : null;
    }
}
