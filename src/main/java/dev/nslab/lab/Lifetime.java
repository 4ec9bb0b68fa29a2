package dev.nslab.lab;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a lab still may live. Nothing shortens it, and it may be extended again and again. */
final class Lifetime {

    private final Duration most;
    private final Duration warning;
    private volatile Instant end;

    Lifetime(Duration most, Duration warning) {
        Duration half = most.dividedBy(2);
        this.most = most;
        this.warning = warning.compareTo(half) < 0 ? warning : half;
        this.end = Instant.now().plus(most);
    }

    Instant end() {
        return end;
    }

    void extend() {
        end = Instant.now().plus(most);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Seconds until the end; null while that is far. */
    @Nullable
    Long secondsLeft(Instant now) {
        Duration left = Duration.between(now, end);
        return left.compareTo(warning) > 0 ? null : Math.max(0, left.toSeconds());
    }
}
