package dev.nslab.observation;

import java.util.concurrent.TimeUnit;

/**
 * When to take the next snapshot of a sandbox. All times are of System.nanoTime(). Not thread-safe.
 *
 * <p>After a call that changes namespaces, a snapshot is taken as soon as the call has returned. More follow, because a
 * fork, an exec and a mount come after it, which either give no signal of their own or are reported as the next call.
 */
final class SnapshotSchedule {

    /** A call is reported when it begins; 3 ms later it has returned. */
    private static final long[] AFTER_CALL = millis(3, 10, 25, 50, 100);

    private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long AFTER_EXIT = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * Until the next snapshot, while the outcome of a call is awaited: the call may take long, or the machine may be
     * slow.
     */
    private static final long AWAITED = TimeUnit.MILLISECONDS.toNanos(200);

    /** A delay, so that a burst of output causes only one snapshot. */
    private static final long AFTER_STIR = TimeUnit.MILLISECONDS.toNanos(50);

    /**
     * For changes that give no signal, such as a fork without output. The interval grows with each sweep while there are no signals.
     * The end of a process always gives one.
     */
    private static final long SWEEP = TimeUnit.SECONDS.toNanos(2);

    private static final long MOST_SELDOM = TimeUnit.SECONDS.toNanos(30);

    /** A crowded sandbox may use a tenth of a core, and two seconds' worth of that at once. */
    private static final int SHARE = 10;

    private static final long MOST_CREDIT = SWEEP / SHARE;

    /**
     * After an expensive snapshot, the next is never delayed longer than this: it is better that a crowd costs more
     * than that its panel stands still.
     */
    private static final long MOST_DEBT = TimeUnit.MILLISECONDS.toNanos(250) / SHARE;

    private long due;
    private long lastCall;
    private long lastComplete;
    private boolean called;
    private boolean looked;
    private boolean stirred;
    private long sweep = SWEEP;
    private boolean settling;
    private long credit = MOST_CREDIT;
    private long creditAt;

    SnapshotSchedule(long now) {
        due = now;
        lastCall = now - SWEEP;
        lastComplete = now - SWEEP;
        creditAt = now;
    }

    private static long[] millis(long... millis) {
        for (int index = 0; index < millis.length; index++) {
            millis[index] = TimeUnit.MILLISECONDS.toNanos(millis[index]);
        }
        return millis;
    }

    void called(long now) {
        lastCall = now;
        called = true;
        settling = true;
        stirredBy(now + AFTER_CALL[0]);
    }

    void exited(long now) {
        stirredBy(now + AFTER_EXIT);
    }

    void stirred(long now) {
        stirredBy(now + AFTER_STIR);
    }

    /**
     * The outcome of a call is not known yet: it may still be under way, or have changed what only a complete snapshot
     * shows.
     */
    void awaited(long now) {
        settling = true;
        dueBy(now + AWAITED);
    }

    void joined(long now) {
        stirredBy(now);
    }

    private void stirredBy(long time) {
        stirred = true;
        dueBy(time);
    }

    private void dueBy(long time) {
        if (time - due < 0) {
            due = time;
        }
    }

    /** How long to wait from now; 0 or less when a snapshot is due. */
    long untilDue(long now) {
        long untilPaid = -credit(now) * SHARE;
        return Math.max(due - now, untilPaid);
    }

    /**
     * A snapshot is begun. True if it has to be complete. It has to be after a call, again when the call's effects have
     * settled, and now and then.
     */
    boolean begin(long now) {
        boolean settled = settling && now - lastCall >= SETTLED;
        boolean swept = now - lastComplete >= sweep;
        boolean complete = called || settled || swept;
        if (stirred) {
            sweep = SWEEP;
        } else if (swept) {
            sweep = Math.min(2 * sweep, MOST_SELDOM);
        }
        called = false;
        stirred = false;
        settling = settling && !settled;
        lastComplete = complete ? now : lastComplete;
        due = now + sweep;
        for (int index = AFTER_CALL.length - 1; index >= 0 && lastCall + AFTER_CALL[index] - now > 0; index--) {
            dueBy(lastCall + AFTER_CALL[index]);
        }
        return complete;
    }

    /** The snapshot is done. */
    void ended(long began, long now) {
        // The first one is free: its cost is mostly the loading of classes.
        credit = Math.max(-MOST_DEBT, credit(now) - (looked ? now - began : 0));
        creditAt = now;
        looked = true;
    }

    private long credit(long now) {
        return Math.min(MOST_CREDIT, credit + (now - creditAt) / SHARE);
    }
}
