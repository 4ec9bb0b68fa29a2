package dev.nslab.lab;

import java.util.concurrent.TimeUnit;

/**
 * When to look at a sandbox next. All times are of System.nanoTime(). Not for several threads at once.
 *
 * <p>After a call that changes namespaces: as soon as it has returned, and then some times more, as a fork, an exec and a
 * mount follow it, each without a sign of its own or with one that is the next call.
 */
final class Agenda {

    /** A call is told when it begins: 3 ms later it has returned. */
    private static final long[] AFTER_CALL = millis(3, 10, 25, 50, 100);

    private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long AFTER_EXIT = TimeUnit.MILLISECONDS.toNanos(10);

    /** A call takes its time, or a slow machine does. */
    private static final long AWAITED = TimeUnit.MILLISECONDS.toNanos(200);

    /** A burst of output counts once. */
    private static final long AFTER_STIR = TimeUnit.MILLISECONDS.toNanos(50);

    /** For what gives no sign, as a fork in silence; more and more seldom while nothing gives any. An end always gives one. */
    private static final long SWEEP = TimeUnit.SECONDS.toNanos(2);

    private static final long MOST_SELDOM = TimeUnit.SECONDS.toNanos(30);

    /** A crowded sandbox may use a tenth of a core, and that of two seconds at once. */
    private static final int SHARE = 10;

    private static final long MOST_CREDIT = SWEEP / SHARE;

    /** Nobody waits longer than that for it to be paid: better a crowd costs more than that its panel stands still. */
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

    Agenda(long now) {
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

    /** It is not known yet what became of a call. */
    void awaited(long now) {
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

    /** How long to wait from now; not above 0 when it is time. */
    long untilDue(long now) {
        long untilPaid = -credit(now) * SHARE;
        return Math.max(due - now, untilPaid);
    }

    /**
     * A look begins. True if all is to be asked anew: after a call, when what followed it has settled, and now and then.
     */
    boolean begin(long now) {
        boolean settled = settling && now - lastCall >= SETTLED;
        boolean complete = called || settled || now - lastComplete >= sweep;
        called = false;
        settling = settling && !settled;
        lastComplete = complete ? now : lastComplete;
        sweep = stirred ? SWEEP : Math.min(2 * sweep, MOST_SELDOM);
        stirred = false;
        due = now + sweep;
        for (int index = AFTER_CALL.length - 1; index >= 0 && lastCall + AFTER_CALL[index] - now > 0; index--) {
            dueBy(lastCall + AFTER_CALL[index]);
        }
        return complete;
    }

    /** The look is over. */
    void ended(long began, long now) {
        // The first is free: what it costs is mostly the loading of classes.
        credit = Math.max(-MOST_DEBT, credit(now) - (looked ? now - began : 0));
        creditAt = now;
        looked = true;
    }

    private long credit(long now) {
        return Math.min(MOST_CREDIT, credit + (now - creditAt) / SHARE);
    }
}
