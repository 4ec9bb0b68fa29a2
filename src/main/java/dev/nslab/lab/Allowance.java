package dev.nslab.lab;

import java.util.concurrent.TimeUnit;

/** So many a second, all of a second's at once if they come so; whatever is more is refused. */
final class Allowance {

    private final long interval;
    private final long most;
    private long used;

    /** @param now as all times here, of System.nanoTime() */
    Allowance(int perSecond, long now) {
        interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        most = interval * perSecond;
        used = now - most;
    }

    /** Takes one if there is one. */
    boolean take(long now) {
        if (now - used > most) {
            used = now - most;
        }
        if (now - used < interval) {
            return false;
        }
        used += interval;
        return true;
    }
}
