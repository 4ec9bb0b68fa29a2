package dev.nslab.namespace;

import dev.nslab.linux.MountTable;
import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.ProcFs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the namespaces that are kept by a bind mount or an open file. Mounts are read at each refresh anyway; the files of
 * all processes only now and then, and in between those alone that were found.
 */
final class Holdings {

    /** A place that holds a namespace, and the file below /proc/PID that leads to it. */
    record Place(NamespaceId namespace, ObservedProcess process, Holder holder, String file) {}

    /** Of one process, and of all in one refresh: a crowd of files must not stop the others from being seen. */
    private static final int MOST_FILES_OF_ONE = 256;

    private static final int MOST_FILES = 8192;

    /** As many holders of one namespace are named. */
    private static final int MOST_PLACES = 8;

    /** The sandbox's own init is not the learner's: its files are never shown, its mounts only where nobody else has them. */
    private static final int INIT = 1;

    private final ProcFs proc;
    private final MountTables mounts;
    private List<Place> files = List.of();

    Holdings(ProcFs proc, MountTables mounts) {
        this.proc = proc;
        this.mounts = mounts;
    }

    /** @param everything whether to look at all open files, or only whether those found before still hold */
    Map<NamespaceId, List<Place>> of(Collection<ObservedProcess> processes, boolean everything) {
        files = everything ? openFiles(processes) : stillOpen(processes);
        List<Place> places = mounted(processes);
        places.addAll(files);
        Map<NamespaceId, List<Place>> byNamespace = places.stream().collect(Collectors.groupingBy(Place::namespace));
        byNamespace.replaceAll((_, all) -> List.copyOf(all.subList(0, Math.min(all.size(), MOST_PLACES))));
        return byNamespace;
    }

    private List<Place> mounted(Collection<ObservedProcess> processes) {
        Map<MountTable, ObservedProcess> seers = new HashMap<>();
        for (ObservedProcess process : processes) {
            MountTable table = mounts.of(process);
            if (table != null && !table.namespaces().isEmpty()) {
                seers.merge(table, process, (seer, other) -> seer.pid() == INIT ? other : seer);
            }
        }
        List<Place> places = new ArrayList<>();
        seers.forEach((table, process) -> table.namespaces().forEach(bound -> places.add(mounted(process, bound))));
        places.sort((one, other) -> Integer.compare(one.process.pid(), other.process.pid()));
        return places;
    }

    private static Place mounted(ObservedProcess process, MountTable.Bound bound) {
        return new Place(
                bound.namespace(), process, new Holder.Mount(process.pid(), bound.path()), "root" + bound.path());
    }

    private List<Place> openFiles(Collection<ObservedProcess> processes) {
        List<Place> open = new ArrayList<>();
        int budget = MOST_FILES;
        for (ObservedProcess process : processes) {
            int most = Math.min(MOST_FILES_OF_ONE, budget);
            budget -= most > 0 && process.pid() != INIT && !process.isZombie() ? openFiles(process, most, open) : 0;
        }
        return open;
    }

    /** How many files were looked at. */
    private int openFiles(ObservedProcess process, int most, List<Place> open) {
        ProcFs.OpenFiles files = proc.openFiles(process.hostPid(), most);
        files.namespaces().forEach((fd, namespace) -> open.add(opened(process, fd, namespace)));
        return files.looked();
    }

    private static Place opened(ObservedProcess process, int fd, NamespaceId namespace) {
        return new Place(namespace, process, new Holder.OpenFile(process.pid(), fd), "fd/" + fd);
    }

    private List<Place> stillOpen(Collection<ObservedProcess> processes) {
        if (files.isEmpty()) {
            return files;
        }
        Map<Integer, ObservedProcess> now =
                processes.stream().collect(Collectors.toMap(ObservedProcess::hostPid, process -> process));
        return files.stream()
                .filter(place -> isSame(place.process, now.get(place.process.hostPid())))
                .filter(place -> place.holder instanceof Holder.OpenFile file
                        && place.namespace.equals(proc.openNamespace(place.process.hostPid(), file.fd())))
                .toList();
    }

    private static boolean isSame(ObservedProcess one, @Nullable ObservedProcess other) {
        return other != null && one.stat().startTime() == other.stat().startTime();
    }
}
