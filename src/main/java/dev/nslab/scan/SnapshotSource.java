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
 * Takes the snapshots of one sandbox, across all its resets. It keeps nothing open between calls, so unlike a {@link
 * DeathWatch} it need not be closed. Any thread may call it; calls wait for one another.
 */
public final class SnapshotSource {

    private final ProcFs proc;
    private final InsideView inside;
    private @Nullable SandboxObserver observer;
    private final List<DeathWatch> watches = new CopyOnWriteArrayList<>();
    private Snapshot last;

    /**
     * @param sandbox id, which is repeated in the snapshots
     * @param inside finds out what can be seen only from inside; {@link #take} calls it in its own thread
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
     * @param shells names of the browser terminals, by the PID in the sandbox of the shell that each of them began with
     * @param again true to ask inside also for what was asked before. This is needed after a watched system call, which
     *     may have changed a host name or a mounted proc, and now and then. If false, only what is new is asked for
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
     * Starts a watch, which is told of all processes that die between two snapshots until it is closed.
     *
     * @param whenOneEnds called by the poller when it is time for a snapshot, because a process has ended of which a
     *     pidfd is held (at most 64)
     */
    public DeathWatch watchDeaths(Poller poller, Runnable whenOneEnds) {
        DeathWatch watch = new DeathWatch(proc, poller, whenOneEnds, watches::remove);
        watches.add(watch);
        return watch;
    }
}
