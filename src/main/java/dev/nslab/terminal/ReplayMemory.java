package dev.nslab.terminal;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of output the terminals of a sandbox may remember together. It is a share of what all terminals of the
 * server may remember.
 */
public final class ReplayMemory {

    private final long limit;
    private final @Nullable ReplayMemory whole;
    private final AtomicLong taken = new AtomicLong();

    ReplayMemory(long limit, @Nullable ReplayMemory whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** Takes the bytes, or returns false and takes none if that many are not left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limit && (whole == null || whole.take(bytes))) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
        if (whole != null) {
            whole.giveBack(bytes);
        }
    }
}
