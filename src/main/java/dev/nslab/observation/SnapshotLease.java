package dev.nslab.observation;

import java.time.Duration;

/** As long as it is open, snapshots of a lab are taken, and its holder is told what they show. */
public final class SnapshotLease implements AutoCloseable {

    private final SnapshotLeases all;
    private final LeaseHolder holder;

    SnapshotLease(SnapshotLeases all, LeaseHolder holder) {
        this.all = all;
        this.holder = holder;
    }

    LeaseHolder holder() {
        return holder;
    }

    /** Takes a snapshot of everything now, and returns when all holders have been told of it; or when that takes too long. */
    public void look(Duration longest) throws InterruptedException {
        all.look(longest);
    }

    @Override
    public void close() {
        all.close(this);
    }
}
