package dev.nslab.account;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * A number of requests that is allowed in a period, even all at once; more are refused. It uses System.nanoTime(),
 * because bucket4j's default is the wall clock, and setting that back would stop the refill.
 */
public final class RateLimits {

    private RateLimits() {}

    public static Bucket of(int most, Duration time) {
        return Bucket.builder()
                .withNanosecondPrecision()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, time))
                .build();
    }
}
