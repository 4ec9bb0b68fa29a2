package dev.nslab.lab;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/** So many in a time, all of them at once if they come so; whatever is more is refused. */
final class Allowance {

    private Allowance() {}

    static Bucket of(int most, Duration time) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, time))
                .build();
    }
}
