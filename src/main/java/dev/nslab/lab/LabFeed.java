package dev.nslab.lab;

import dev.nslab.observation.SnapshotLease;
import dev.nslab.observation.SnapshotLeases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All viewers of one lab. Each has a lease on its snapshots. */
final class LabFeed {

    private final Map<FeedSubscription, SnapshotLease> viewers = new LinkedHashMap<>(1);

    synchronized void join(FeedSubscription viewer, SnapshotLeases snapshots) {
        viewers.put(viewer, snapshots.take(viewer));
    }

    synchronized void leave(FeedSubscription viewer) {
        SnapshotLease lease = viewers.remove(viewer);
        if (lease != null) {
            lease.close();
        }
    }

    synchronized boolean isEmpty() {
        return viewers.isEmpty();
    }

    /** The state of the lab or the list of its terminals has changed. */
    void changed() {
        tell(FeedSubscription::stateChanged);
    }

    /** The learner's progress has changed. */
    void progressed() {
        tell(FeedSubscription::progressed);
    }

    /** The lab has ended: viewers get its last state, and then nothing. */
    void dismiss() {
        tell(FeedSubscription::stateChanged);
        tell(FeedSubscription::close);
    }

    private void tell(Consumer<FeedSubscription> what) {
        copy().forEach(what);
    }

    private synchronized List<FeedSubscription> copy() {
        return List.copyOf(viewers.keySet());
    }
}
