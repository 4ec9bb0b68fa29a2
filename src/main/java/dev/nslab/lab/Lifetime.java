package dev.nslab.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a lab may still live. Nothing shortens this time, and it may be extended again and again. It is measured by
 * a clock that stands still while the machine sleeps and that nobody can set.
 *
 * <p>The full time of the warning is always given: if it comes late, because the server was frozen, the lifetime
 * becomes longer.
 */
public final class Lifetime {

    private final long most;
    private final long warning;
    private final LongSupplier clock;
    private long end;
    private boolean warned;

    /** @param clock in nanoseconds, such as System.nanoTime() */
    public Lifetime(Duration most, Duration warning, LongSupplier clock) {
        this.most = most.toNanos();
        this.warning = Math.min(warning.toNanos(), this.most / 2);
        this.clock = clock;
        this.end = clock.getAsLong() + this.most;
    }

    /** The end by the wall clock, if the machine does not sleep until then. */
    Instant end() {
        return Instant.now().plusNanos(left());
    }

    synchronized void extend() {
        end = clock.getAsLong() + most;
        warned = false;
    }

    boolean isOver() {
        return left() <= 0;
    }

    /** Seconds until the end. Null while the end is further away than the warning. */
    @Nullable
    Long secondsLeft() {
        long left = left();
        return left > warning ? null : Math.max(0, Duration.ofNanos(left).toSeconds());
    }

    private synchronized long left() {
        long left = end - clock.getAsLong();
        if (left <= warning && !warned) {
            warned = true;
            end += warning - left;
            return warning;
        }
        return left;
    }
}
