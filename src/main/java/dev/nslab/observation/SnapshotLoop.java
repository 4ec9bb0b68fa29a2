package dev.nslab.observation;

import dev.nslab.namespace.SignalTarget;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcomes;
import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.ExitStatus;
import dev.nslab.scan.DeathWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of one sandbox: shortly after something has happened there, and now and then, because some changes
 * give no signal (a fork without output). It reports only snapshots that differ from the one before.
 */
public final class SnapshotLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SnapshotLoop.class);

    /** Where snapshots come from. */
    public interface Source {
        /**
         * Takes a snapshot now.
         *
         * @param again whether to ask again also for what may have changed without a trace in /proc
         */
        Snapshot take(boolean again);

        /** Waits until all calls that were made before now have been reported. */
        void hearOut();

        /** Starts to watch for deaths. The caller closes what is returned. */
        DeathWatch watchDeaths(Runnable whenOneEnds);
    }

    private final Source source;
    private final LeaseHolder observer;
    private final DeathWatch deaths;
    private final Outcomes outcomes = new Outcomes();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sooner = lock.newCondition();
    private final Condition looked = lock.newCondition();
    private final SnapshotSchedule schedule = new SnapshotSchedule(System.nanoTime());
    /** How many snapshots have been begun, and how many of them are done. */
    private long begun;

    private long over;
    private boolean demanded;
    private final Thread thread;
    private volatile boolean stirring;
    private volatile boolean closed;
    private volatile @Nullable Snapshot latest;

    SnapshotLoop(String sandbox, Source source, LeaseHolder observer) {
        this.source = source;
        this.observer = observer;
        this.deaths = source.watchDeaths(() -> note(schedule::exited));
        this.thread = Thread.ofVirtual().name("nslab-observe-" + sandbox).start(this::run);
    }

    /** The last snapshot; null before the first. */
    @Nullable
    Snapshot latest() {
        return latest;
    }

    /** Shows the last snapshot to a new holder, and takes another one soon. */
    void show(LeaseHolder newcomer) {
        Snapshot snapshot = latest;
        if (snapshot != null) {
            newcomer.seen(snapshot);
            newcomer.looked(snapshot);
        }
        note(schedule::joined);
    }

    /** A process has made a call that changes namespaces. */
    void called(Call call) {
        Snapshot seen = latest;
        outcomes.called(call, () -> SignalTarget.target(call, seen));
        note(schedule::called);
    }

    /** Processes have made calls that were not reported, so nobody knows which. */
    void called() {
        outcomes.forget();
        note(schedule::called);
    }

    /** The sandbox was reset. */
    void restarted() {
        outcomes.forget();
        stirred();
    }

    /** A child of the sandbox's init has ended. */
    void exited(int pid, ExitStatus status) {
        deaths.told(pid, status);
        note(schedule::exited);
    }

    /** Something was printed or has changed, possibly because of something that a snapshot would show. */
    void stirred() {
        // Called thousands of times a second while a program floods its terminal.
        if (!stirring) {
            stirring = true;
            note(schedule::stirred);
        }
    }

    /** Takes a complete snapshot. Returns when all that it shows has been told, or when this takes too long. */
    void look(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            long wanted = begun + 1;
            demanded = true;
            schedule.joined(System.nanoTime());
            sooner.signal();
            while (over < wanted && left > 0 && !closed) {
                left = looked.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        deaths.close();
    }

    private void note(LongConsumer what) {
        lock.lock();
        try {
            what.accept(System.nanoTime());
            sooner.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean everything = awaitDue();
                long began = System.nanoTime();
                observe(everything);
                note(now -> schedule.ended(began, now));
                ended();
            }
        } catch (InterruptedException e) {
            log.debug("observation ends", e);
        }
    }

    /** Waits for the next snapshot's time. True if that snapshot has to be complete. */
    private boolean awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = schedule.untilDue(System.nanoTime()); left > 0; ) {
                var _ = sooner.awaitNanos(left);
                left = schedule.untilDue(System.nanoTime());
            }
            stirring = false;
            boolean everything = schedule.begin(System.nanoTime()) || demanded;
            demanded = false;
            begun++;
            return everything;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            over = begun;
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void observe(boolean everything) {
        try {
            Instant began = Instant.now();
            Snapshot snapshot = source.take(everything);
            Instant ended = Instant.now();
            // Deaths are told before the snapshot in which those processes are missing.
            deaths.take().forEach(observer::died);
            Snapshot before = latest;
            if (before == null || before.revision() != snapshot.revision()) {
                latest = snapshot;
                observer.seen(snapshot);
            }
            if (outcomes.areAwaited()) {
                source.hearOut();
            }
            outcomes.seen(snapshot, began, ended, everything).forEach(observer::became);
            if (outcomes.areAwaited()) {
                note(schedule::awaited);
            }
            observer.looked(snapshot);
        } catch (RuntimeException e) {
            log.warn("a snapshot could not be taken", e);
        }
    }
}
