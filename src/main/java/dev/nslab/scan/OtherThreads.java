package dev.nslab.scan;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.linux.ProcessStatus;
import dev.nslab.namespace.Holder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threads that are in other namespaces than the first thread of their process. A thread moves only by a call
 * of its own, so it is enough to read all threads now and then, and in between only those that were found before.
 */
final class OtherThreads {

    /** How many threads of one process are read for one snapshot, and how many of all processes. */
    private static final int MOST_OF_ONE = 64;

    private static final int MOST = 1024;

    private final ProcFs proc;
    private Map<ProcessKey, List<ObservedThread>> before = new HashMap<>();

    OtherThreads(ProcFs proc) {
        this.proc = proc;
    }

    /** @param everything whether to read all threads, or only those that were found before */
    Map<ObservedProcess, List<ObservedThread>> of(Collection<ObservedProcess> processes, boolean everything) {
        Map<ObservedProcess, List<ObservedThread>> found = new LinkedHashMap<>();
        Map<ProcessKey, List<ObservedThread>> now = new HashMap<>();
        int left = MOST;
        for (ObservedProcess process : processes) {
            List<Integer> threads = process.stat().threads() > 1 ? candidates(process, everything, left) : List.of();
            left -= threads.size();
            List<ObservedThread> others = threads.stream()
                    .map(thread -> other(process, thread))
                    .flatMap(Stream::ofNullable)
                    .toList();
            if (!others.isEmpty()) {
                found.put(process, others);
                now.put(ProcessKey.of(process), others);
            }
        }
        before = now;
        return found;
    }

    private List<Integer> candidates(ObservedProcess process, boolean everything, int left) {
        List<ObservedThread> known = before.getOrDefault(ProcessKey.of(process), List.of());
        if (!everything && known.isEmpty()) {
            return List.of();
        }
        List<Integer> wanted = known.stream().map(ObservedThread::hostTid).toList();
        return proc.threads(process.hostPid()).stream()
                .filter(thread -> thread != process.thread().hostTid())
                .filter(thread -> everything || wanted.contains(thread))
                .limit(Math.min(MOST_OF_ONE, left))
                .toList();
    }

    private @Nullable ObservedThread other(ObservedProcess process, int hostTid) {
        Map<String, Long> namespaces = ObservedThread.namespaces(proc, hostTid, Map.of());
        // A thread that is ending has already given up most of its namespaces.
        if (namespaces.size() < process.namespaces().size() || namespaces.equals(process.namespaces())) {
            return null;
        }
        ProcessStatus status = proc.status(hostTid);
        int levels = process.pids().size();
        if (status == null || status.pids().size() < levels) {
            return null;
        }
        List<Integer> tids = status.pids()
                .subList(status.pids().size() - levels, status.pids().size());
        return new ObservedThread(hostTid, tids, namespaces, proc.rootDirectory(hostTid));
    }

    /** The namespaces that these threads are in, but their processes are not. */
    static List<HolderFinder.Place> places(Map<ObservedProcess, List<ObservedThread>> threads) {
        List<HolderFinder.Place> places = new ArrayList<>();
        threads.forEach((process, others) ->
                others.forEach(thread -> thread.namespaces().forEach((link, inode) -> {
                    NamespaceType type = NamespaceType.of(link);
                    if (type != null && !Objects.equals(process.namespaces().get(link), inode)) {
                        places.add(new HolderFinder.Place(
                                new NamespaceId(type, inode),
                                process,
                                new Holder.OtherThread(process.pid(), thread.tid()),
                                "task/" + thread.tid() + "/ns/" + link));
                    }
                })));
        return places;
    }
}
