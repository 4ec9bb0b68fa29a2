package dev.nslab.scan;

import dev.nslab.linux.Poller;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Snapshot;
import dev.nslab.scan.SandboxObserver.Contents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Takes the snapshots of one sandbox, across all its resets. It keeps nothing open beyond a call and needs no closing,
 * unlike a {@link DeathWatch}. Any thread may call; calls wait for one another.
 */
public final class SnapshotSource {

    private final ProcFs proc;
    private final InsideView inside;
    private @Nullable SandboxObserver observer;
    private final List<DeathWatch> watches = new CopyOnWriteArrayList<>();
    private Snapshot last;

    /**
     * @param sandbox id, which goes into the snapshots
     * @param inside asked for host names and for the PID namespace of each mounted proc; called by {@link #take} in its
     *     thread
     */
    public SnapshotSource(ProcFs proc, String sandbox, InsideView inside) {
        this.proc = proc;
        this.inside = inside;
        last = new Snapshot(sandbox, 0, List.of(), List.of());
    }

    /**
     * Reads the sandbox: all of /proc about its processes, 0.1 ms each.
     *
     * @param root the sandbox as it is since its last reset
     * @param shells names of the browser terminals by the PID, in the sandbox, of the shell that each began with
     * @param again true to ask inside again for what was asked before: after a watched system call, which may have changed
     *     a host name or a mounted proc, and now and then; false otherwise, when only what is new is asked
     * @return the same object as before if nothing has changed; without processes if the sandbox has ended
     */
    public synchronized Snapshot take(SandboxRoot root, Map<Integer, String> shells, boolean again) {
        if (observer == null || !observer.watches(root)) {
            observer = SandboxObserver.of(proc, root, inside);
        }
        Contents contents = observer == null ? Contents.NONE : observer.look(shells, again);
        if (!contents.equals(new Contents(last.namespaces(), last.processes()))) {
            last = new Snapshot(last.sandbox(), last.revision() + 1, contents.namespaces(), contents.processes());
        }
        var observed = observer == null ? List.<ObservedProcess>of() : observer.observed();
        watches.forEach(watch -> watch.seen(observed, contents.namespaces()));
        return last;
    }

    /**
     * From now on, until it is closed, it is told of all that die between two snapshots.
     *
     * @param whenOneEnds called by the poller as soon as one ends of the first 64 that were seen: it is time for a snapshot
     */
    public DeathWatch watchDeaths(Poller poller, Runnable whenOneEnds) {
        DeathWatch watch = new DeathWatch(proc, poller, whenOneEnds, watches::remove);
        watches.add(watch);
        return watch;
    }
}
