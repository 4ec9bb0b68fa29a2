package dev.nslab.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** How long something takes that is done many times, in milliseconds. */
final class Samples {
    private final List<Double> milliseconds = new ArrayList<>();

    /** Does it {@code warmUp} times without measuring, then {@code count} times with. */
    static Samples of(int warmUp, int count, Callable<Double> once) throws Exception {
        Samples samples = new Samples();
        for (int round = 0; round < warmUp; round++) {
            once.call();
        }
        for (int round = 0; round < count; round++) {
            samples.add(once.call());
        }
        return samples;
    }

    synchronized void add(double value) {
        milliseconds.add(value);
    }

    static double since(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e6;
    }

    private synchronized double percentile(double share) {
        if (milliseconds.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(milliseconds);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p95 %.2f  p99 %.2f ms  (%d)",
                percentile(0.5),
                percentile(0.95),
                percentile(0.99),
                milliseconds.size());
    }
}
