package dev.nslab.lab;

import dev.nslab.namespace.Snapshot;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of one sandbox while somebody watches: shortly after something happened there, and now and then for
 * what gives no sign (a process that ends silently). Tells of those only that differ from the one before.
 */
final class Observation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Observation.class);

    /** A call is told when it begins: by then it has returned. */
    private static final long CALL_RETURNED = TimeUnit.MILLISECONDS.toNanos(3);

    /** By then what followed the call (fork, mount, exec) has mostly happened; and a burst of output counts once. */
    private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SWEEP = TimeUnit.SECONDS.toNanos(2);

    /** Pause between two snapshots, in multiples of what one costs: a crowded sandbox may use a twentieth of a core. */
    private static final int PAUSE = 20;

    /** Where snapshots come from. */
    interface Source {
        /**
         * Looks now.
         *
         * @param again whether to ask also for what may have changed without a trace in /proc
         */
        Snapshot take(boolean again);
    }

    private final Source source;
    private final Consumer<Snapshot> changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sooner = lock.newCondition();
    private final Thread thread;
    private long due = System.nanoTime();
    private long settled = due;
    private boolean again = true;
    private long notBefore = due;
    private volatile boolean stirring;
    private volatile boolean closed;
    private volatile @Nullable Snapshot latest;

    Observation(String sandbox, Source source, Consumer<Snapshot> changed) {
        this.source = source;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("nslab-observe-" + sandbox).start(this::run);
    }

    /** Shows a newcomer what was seen last, and looks again soon. */
    void show(Viewer viewer) {
        Snapshot snapshot = latest;
        if (snapshot != null) {
            viewer.seen(snapshot);
        }
        want(0, false);
    }

    /** A process has made a call that changes namespaces. */
    void called() {
        want(CALL_RETURNED, true);
    }

    /** Something was printed or has changed, maybe because of something that can be seen. */
    void stirred() {
        // Asked thousands of times a second while a program floods its terminal.
        if (!stirring) {
            stirring = true;
            want(SETTLED, false);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void want(long delay, boolean andSettled) {
        long now = System.nanoTime();
        lock.lock();
        try {
            if (andSettled) {
                settled = now + SETTLED;
                again = true;
            }
            if (now + delay - due < 0) {
                due = now + delay;
                sooner.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean everything = awaitDue();
                long before = System.nanoTime();
                observe(everything);
                long after = System.nanoTime();
                schedule(after, after + PAUSE * (after - before));
            }
        } catch (InterruptedException e) {
            log.debug("observation ends", e);
        }
    }

    /** True if everything is to be asked again: after a call, and when nothing has happened for long. */
    private boolean awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = untilDue();
            while (left > 0) {
                sooner.awaitNanos(left);
                left = untilDue();
            }
            boolean everything = again || !stirring;
            due = System.nanoTime() + SWEEP;
            stirring = false;
            again = false;
            return everything;
        } finally {
            lock.unlock();
        }
    }

    private long untilDue() {
        long now = System.nanoTime();
        return Math.max(due - now, notBefore - now);
    }

    private void schedule(long now, long earliest) {
        lock.lock();
        try {
            notBefore = earliest;
            if (settled - now > 0 && settled - due < 0) {
                due = settled;
                again = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void observe(boolean everything) {
        try {
            Snapshot snapshot = source.take(everything);
            Snapshot before = latest;
            if (before == null || before.revision() != snapshot.revision()) {
                latest = snapshot;
                changed.accept(snapshot);
            }
        } catch (RuntimeException e) {
            log.warn("a snapshot could not be taken", e);
        }
    }
}
