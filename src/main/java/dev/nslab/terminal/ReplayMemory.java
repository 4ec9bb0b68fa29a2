package dev.nslab.terminal;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much the terminals of a sandbox may remember together, out of what all terminals of the server may. */
public final class ReplayMemory {

    private final long limit;
    private final @Nullable ReplayMemory whole;
    private final AtomicLong taken = new AtomicLong();

    ReplayMemory(long limit, @Nullable ReplayMemory whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** False, and nothing taken, if that many bytes are not left. */
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
