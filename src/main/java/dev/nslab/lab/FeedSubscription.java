package dev.nslab.lab;

import dev.nslab.account.RateLimits;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.SignalTarget;
import dev.nslab.namespace.Snapshot;
import dev.nslab.observation.LeaseHolder;
import dev.nslab.outcome.Outcome;
import dev.nslab.progress.ProgressView;
import dev.nslab.sandbox.Call;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a lab, and what the viewer has yet to be told. A slow viewer gets only the newest state and the newest
 * snapshot, never a backlog of old ones. At most {@value #MOST_EVENTS} calls and deaths wait to be sent, and only as
 * many calls a second are told as people can follow; the others are counted.
 */
public final class FeedSubscription implements LeaseHolder {

    private static final int MOST_EVENTS = 500;
    private static final int CALLS_PER_SECOND = 200;
    private static final long LOSSES_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Supplier<SandboxMessage.State> state;
    private final Supplier<ProgressView> progress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final ArrayDeque<Supplier<SandboxMessage>> events = new ArrayDeque<>();
    private final Bucket calls = RateLimits.of(CALLS_PER_SECOND, Duration.ofSeconds(1));
    private boolean stateDue = true;
    private boolean progressDue;
    private boolean closed;
    private long lost;
    private long lossesDue = System.nanoTime();
    private @Nullable Snapshot snapshot;

    /** State and progress are asked for only when they are due, so they are never stale. */
    FeedSubscription(Supplier<SandboxMessage.State> state, Supplier<ProgressView> progress) {
        this.state = state;
        this.progress = progress;
    }

    void stateChanged() {
        change(() -> stateDue = true);
    }

    @Override
    public void called(Call call, @Nullable Snapshot seen) {
        change(() -> {
            if (calls.tryConsume(1)) {
                // The supplier runs in the viewer's thread, so that the poller need not look for the target.
                add(() -> SandboxMessage.Event.of(call, SignalTarget.target(call, seen)));
            } else {
                lost++;
            }
        });
    }

    @Override
    public void became(Outcome outcome) {
        change(() -> add(() -> new SandboxMessage.Became(outcome)));
    }

    @Override
    public void lost(long count) {
        change(() -> lost += count);
    }

    @Override
    public void died(Death death) {
        change(() -> add(() -> new SandboxMessage.Exit(death)));
    }

    private void add(Supplier<SandboxMessage> event) {
        events.add(event);
        if (events.size() > MOST_EVENTS) {
            events.remove();
            lost++;
        }
    }

    @Override
    public void seen(Snapshot newest) {
        change(() -> snapshot = newest);
    }

    void progressed() {
        change(() -> progressDue = true);
    }

    /** Ends the subscription. What is due now is still delivered. */
    void close() {
        change(() -> closed = true);
    }

    /** The viewer is gone: nothing is due any more. */
    public void abandon() {
        change(() -> {
            closed = true;
            stateDue = false;
            events.clear();
            snapshot = null;
            progressDue = false;
        });
    }

    public boolean isDone() {
        lock.lock();
        try {
            return closed && !stateDue && events.isEmpty() && snapshot == null && !progressDue;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what the viewer has to be told next. Null when the time is over or nothing will follow. */
    @Nullable
    public SandboxMessage next(long timeout, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            SandboxMessage message = due();
            for (long left = end - System.nanoTime(); message == null && left > 0 && !closed; ) {
                long losses = lossesDue - System.nanoTime();
                var _ = woken.awaitNanos(lost == 0 ? left : Math.min(left, losses));
                message = due();
                left = end - System.nanoTime();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SandboxMessage due() {
        if (stateDue) {
            stateDue = false;
            return state.get();
        }
        if (lost > 0 && System.nanoTime() - lossesDue >= 0) {
            return losses();
        }
        if (!events.isEmpty()) {
            return events.remove().get();
        }
        if (snapshot != null) {
            return newest();
        }
        return progressDue ? newestProgress() : null;
    }

    private SandboxMessage losses() {
        SandboxMessage told = new SandboxMessage.Lost(lost);
        lost = 0;
        lossesDue = System.nanoTime() + LOSSES_EVERY;
        return told;
    }

    private SandboxMessage newest() {
        Snapshot newest = Objects.requireNonNull(snapshot);
        snapshot = null;
        return new SandboxMessage.Changed(newest);
    }

    /** Due only after the snapshot that the progress was judged by. */
    private SandboxMessage newestProgress() {
        progressDue = false;
        return new SandboxMessage.Progress(progress.get());
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            woken.signal();
        } finally {
            lock.unlock();
        }
    }
}
