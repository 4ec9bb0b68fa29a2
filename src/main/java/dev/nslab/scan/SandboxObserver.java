package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.linux.ProcessStat;
import dev.nslab.linux.Signals;
import dev.nslab.linux.UidMap;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.SandboxThread;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a sandbox again and again, for as long as its init lives, and remembers what need not be asked twice. */
final class SandboxObserver {

    record Contents(List<Namespace> namespaces, List<SandboxProcess> processes) {
        static final Contents NONE = new Contents(List.of(), List.of());
    }

    private final ProcFs proc;
    private final SandboxRoot root;
    private final long startTime;
    private final Lineages lineages;
    private final InsideFacts facts;
    private final MountTables mounts;
    private final HeldNamespaces held;
    private final HolderFinder holderFinder;
    private final OtherThreads threads;
    private final NamespaceList namespaces;
    private UidMap uids;
    private Collection<ObservedProcess> observed = List.of();

    private SandboxObserver(ProcFs proc, SandboxRoot root, long startTime, InsideView inside) {
        this.proc = proc;
        this.root = root;
        this.startTime = startTime;
        Set<NamespaceId> roots = roots(proc, root);
        lineages = new Lineages(proc, roots);
        mounts = new MountTables(proc);
        facts = new InsideFacts(mounts, inside);
        held = new HeldNamespaces(inside, lineages);
        holderFinder = new HolderFinder(mounts, inside);
        threads = new OtherThreads(proc);
        namespaces = new NamespaceList(proc, roots, lineages, facts, mounts, held);
        uids = proc.uidMap(root.init());
    }

    /** Null if the init is gone. */
    static @Nullable SandboxObserver of(ProcFs proc, SandboxRoot root, InsideView inside) {
        ProcessStat init = proc.stat(root.init());
        return init == null ? null : new SandboxObserver(proc, root, init.startTime(), inside);
    }

    private static Set<NamespaceId> roots(ProcFs proc, SandboxRoot root) {
        return Stream.of(NamespaceType.values())
                .map(type -> root(proc, root, type))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable NamespaceId root(ProcFs proc, SandboxRoot root, NamespaceType type) {
        Long inode = root.namespaces().get(type.toString());
        return inode != null ? new NamespaceId(type, inode) : proc.namespace(root.init(), type.toString());
    }

    boolean watches(SandboxRoot other) {
        return root.equals(other);
    }

    /**
     * @param shells names of the browser terminals by the PID of their shells
     * @param again whether to ask again for what may have changed without a trace in /proc
     */
    Contents look(Map<Integer, String> shells, boolean again) {
        if (again) {
            facts.forget();
            held.forget();
        }
        Collection<ObservedProcess> processes = new SandboxScan(proc, root, uids()).run(startTime);
        observed = processes;
        var others = threads.of(processes, again);
        Contents contents = new Contents(
                namespaces.of(processes, others, holderFinder.of(processes, others, again)),
                processes(processes, others, shells));
        lineages.sweep();
        facts.sweep();
        held.sweep();
        mounts.sweep();
        return contents;
    }

    /** The processes that the last call of {@link #look} has read, the init first. */
    Collection<ObservedProcess> observed() {
        return observed;
    }

    private UidMap uids() {
        if (uids.isEmpty()) {
            uids = proc.uidMap(root.init());
        }
        return uids;
    }

    private List<SandboxProcess> processes(
            Collection<ObservedProcess> processes,
            Map<ObservedProcess, List<ObservedThread>> others,
            Map<Integer, String> shells) {
        return processes.stream()
                .map(process -> process(process, others.getOrDefault(process, List.of()), shells))
                .sorted(Comparator.comparingInt(SandboxProcess::pid))
                .toList();
    }

    private SandboxProcess process(ObservedProcess process, List<ObservedThread> others, Map<Integer, String> shells) {
        ProcessStat stat = process.stat();
        return new SandboxProcess(
                process.pid(),
                process.pids(),
                process.parent(),
                stat.command(),
                process.arguments(),
                state(process),
                stat.terminalName(),
                process.uid(),
                stat.terminal() == 0 ? null : shells.get(process.session()),
                stat.foreground(),
                process.namespaces(),
                facts.procMount(process),
                process.root(),
                stat.threads(),
                others.stream().map(this::thread).toList(),
                Signals.names(process.status().caught()),
                Signals.names(process.status().blocked()),
                Signals.names(process.status().ignored()),
                mounts.mounts(process));
    }

    private SandboxThread thread(ObservedThread thread) {
        ProcessStat stat = proc.stat(thread.hostTid());
        return new SandboxThread(thread.tid(), thread.tids(), stat == null ? "" : stat.command(), thread.namespaces());
    }

    /**
     * The sandbox's init is always shown as sleeping. It runs when the server asks it something, and a snapshot must
     * not differ because it was taken.
     */
    private static String state(ObservedProcess process) {
        String state = process.stat().state();
        return process.pid() == 1 && state.equals("R") ? "S" : state;
    }
}
