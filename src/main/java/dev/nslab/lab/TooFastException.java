package dev.nslab.lab;

import java.time.Duration;

/** More was asked for in a short time than is done in one. */
final class TooFastException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** @param wait after which the next is done */
    TooFastException(String refusal, Duration wait) {
        super(refusal + " Try again in " + inSeconds(wait) + " s.");
        this.wait = wait;
    }

    /** Rounded up: who comes earlier is refused again. */
    long waitSeconds() {
        return inSeconds(wait);
    }

    private static long inSeconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
