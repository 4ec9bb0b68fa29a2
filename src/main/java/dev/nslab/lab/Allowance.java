package dev.nslab.lab;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * So many in a time, all of them at once if they come so; whatever is more is refused. Counted by System.nanoTime(): bucket4j's
 * own choice is the clock on the wall, and whoever sets that back would stop it.
 */
final class Allowance {

    private Allowance() {}

    static Bucket of(int most, Duration time) {
        return Bucket.builder()
                .withNanosecondPrecision()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, time))
                .build();
    }
}
