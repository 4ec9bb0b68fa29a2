package dev.nslab.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All who watch one lab. Each has a lease on its snapshots. */
final class Audience {

    private final Map<Viewer, SnapshotLease> viewers = new LinkedHashMap<>(1);

    synchronized void join(Viewer viewer, SnapshotLeases snapshots) {
        viewers.put(viewer, snapshots.take(viewer));
    }

    synchronized void leave(Viewer viewer) {
        SnapshotLease lease = viewers.remove(viewer);
        if (lease != null) {
            lease.close();
        }
    }

    synchronized boolean isEmpty() {
        return viewers.isEmpty();
    }

    /** The lab itself is another than before: its state or its terminals. */
    void changed() {
        tell(Viewer::stateChanged);
    }

    /** How far the learner has come has changed. */
    void progressed() {
        tell(Viewer::progressed);
    }

    /** The lab is no more: viewers get its last state, and then nothing. */
    void dismiss() {
        tell(Viewer::stateChanged);
        tell(Viewer::close);
    }

    private void tell(Consumer<Viewer> what) {
        copy().forEach(what);
    }

    private synchronized List<Viewer> copy() {
        return List.copyOf(viewers.keySet());
    }
}
