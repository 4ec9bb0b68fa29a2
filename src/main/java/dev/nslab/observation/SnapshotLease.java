package dev.nslab.observation;

import java.time.Duration;

/** While a lease is open, snapshots of its lab are taken, and its holder is told what they show. */
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

    /** Takes a complete snapshot now. Returns when all holders have been told of it, or when this takes too long. */
    public void look(Duration longest) throws InterruptedException {
        all.look(longest);
    }

    @Override
    public void close() {
        all.close(this);
    }
}
