package dev.nslab.lab;

import java.time.Duration;

/** As long as it is open, snapshots of a lab are taken, and its holder is told what they show. */
final class SnapshotLease implements AutoCloseable {

    private final SnapshotLeases all;
    private final LabObserver holder;

    SnapshotLease(SnapshotLeases all, LabObserver holder) {
        this.all = all;
        this.holder = holder;
    }

    LabObserver holder() {
        return holder;
    }

    /** Takes a snapshot of everything now, and returns when all holders have been told of it; or when that takes too long. */
    void look(Duration longest) throws InterruptedException {
        all.look(longest);
    }

    @Override
    public void close() {
        all.close(this);
    }
}
