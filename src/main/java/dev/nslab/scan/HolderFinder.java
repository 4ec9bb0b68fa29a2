package dev.nslab.scan;

import static java.util.Objects.requireNonNull;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceId;
import dev.nslab.namespace.Holder;
import dev.nslab.sandbox.HeldFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the namespaces that are kept by a bind mount, an open file or a socket. Mounts are read for each snapshot
 * anyway. The open files of all processes are read only now and then; in between, only those of processes that were
 * found to hold a namespace.
 */
final class HolderFinder {

    /** A place that holds a namespace, and the file below /proc/PID that leads to it. */
    record Place(NamespaceId namespace, ObservedProcess process, Holder holder, String file) {
        Way way() {
            return new Way(process.thread().tid(), file, 0);
        }
    }

    /** Of how many processes the open files are read for one snapshot. */
    private static final int MOST_PROCESSES = 1000;

    /** How many holders of one namespace are named at most. */
    private static final int MOST_PLACES = 8;

    /**
     * The sandbox's own init does not belong to the learner. Its files are never shown, and its mounts only if no other
     * process has them.
     */
    private static final int INIT = 1;

    private final MountTables mounts;
    private final InsideView inside;
    private List<Place> files = List.of();

    HolderFinder(MountTables mounts, InsideView inside) {
        this.mounts = mounts;
        this.inside = inside;
    }

    /**
     * @param threads threads that are in other namespaces than their process
     * @param everything whether to read the files of all processes, or only of those that held a namespace before
     */
    Map<NamespaceId, List<Place>> of(
            Collection<ObservedProcess> processes,
            Map<ObservedProcess, List<ObservedThread>> threads,
            boolean everything) {
        files = openFiles(everything ? processes : holdersBefore(processes));
        List<Place> places = OtherThreads.places(threads);
        places.addAll(mounted(processes));
        places.addAll(files);
        Map<NamespaceId, List<Place>> byNamespace = places.stream().collect(Collectors.groupingBy(Place::namespace));
        byNamespace.replaceAll((_, all) -> List.copyOf(all.subList(0, Math.min(all.size(), MOST_PLACES))));
        return byNamespace;
    }

    private List<Place> mounted(Collection<ObservedProcess> processes) {
        Map<List<MountTable.Bound>, ObservedProcess> seers = new HashMap<>();
        for (ObservedProcess process : processes) {
            MountTable table = mounts.of(process);
            if (table != null && !table.namespaces().isEmpty()) {
                seers.merge(table.namespaces(), process, (seer, other) -> seer.pid() == INIT ? other : seer);
            }
        }
        List<Place> places = new ArrayList<>();
        seers.forEach((all, process) -> all.forEach(bound -> places.add(mounted(process, bound))));
        places.sort((one, other) -> Integer.compare(one.process.pid(), other.process.pid()));
        return places;
    }

    private static Place mounted(ObservedProcess process, MountTable.Bound bound) {
        return new Place(
                bound.namespace(), process, new Holder.Mount(process.pid(), bound.path()), "root" + bound.path());
    }

    /** The processes that were found to hold a namespace. A later process with the same PID is not one of them. */
    private List<ObservedProcess> holdersBefore(Collection<ObservedProcess> processes) {
        Map<Integer, Long> begun = files.stream()
                .map(Place::process)
                .collect(Collectors.toMap(
                        ObservedProcess::hostPid, process -> process.stat().startTime(), (one, _) -> one));
        return processes.stream()
                .filter(process -> Long.valueOf(process.stat().startTime()).equals(begun.get(process.hostPid())))
                .toList();
    }

    private List<Place> openFiles(Collection<ObservedProcess> processes) {
        Map<Integer, ObservedProcess> byPid = processes.stream()
                .filter(process -> process.pid() != INIT && !process.isZombie())
                .collect(Collectors.toMap(process -> process.thread().tid(), process -> process, (one, _) -> one));
        List<Integer> pids = byPid.keySet().stream().limit(MOST_PROCESSES).toList();
        return pids.isEmpty()
                ? List.of()
                : inside.heldFiles(pids).stream()
                        .filter(file -> byPid.containsKey(file.pid()))
                        .map(file -> opened(requireNonNull(byPid.get(file.pid())), file))
                        .toList();
    }

    private static Place opened(ObservedProcess process, HeldFile file) {
        Holder holder = file.socket()
                ? new Holder.Socket(process.pid(), file.fd())
                : new Holder.OpenFile(process.pid(), file.fd());
        return new Place(file.namespace(), process, holder, "fd/" + file.fd());
    }
}
