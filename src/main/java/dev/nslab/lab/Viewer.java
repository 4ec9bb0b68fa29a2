package dev.nslab.lab;

import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.Call;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One who watches a lab, and what they have yet to be told. A slow one gets the newest state and the newest snapshot,
 * never a backlog of old ones; of the calls, the latest {@value #MAX_CALLS}.
 */
final class Viewer {

    private static final int MAX_CALLS = 500;

    private final Supplier<SandboxMessage.State> state;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private boolean stateDue = true;
    private boolean closed;
    private @Nullable Snapshot snapshot;

    /** @param state asked for only when it is due, so it is never stale */
    Viewer(Supplier<SandboxMessage.State> state) {
        this.state = state;
    }

    void stateChanged() {
        change(() -> stateDue = true);
    }

    void called(Call call) {
        change(() -> {
            calls.add(call);
            if (calls.size() > MAX_CALLS) {
                calls.remove();
            }
        });
    }

    void seen(Snapshot newest) {
        change(() -> snapshot = newest);
    }

    /** Nothing follows after what is due now. */
    void close() {
        change(() -> closed = true);
    }

    /** They are gone: nothing is due any more. */
    void abandon() {
        change(() -> {
            closed = true;
            stateDue = false;
            calls.clear();
            snapshot = null;
        });
    }

    boolean isDone() {
        lock.lock();
        try {
            return closed && !stateDue && calls.isEmpty() && snapshot == null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what they have to be told next; null when the time is over or nothing will follow. */
    @Nullable
    SandboxMessage next(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (!stateDue && calls.isEmpty() && snapshot == null) {
                if (left <= 0 || closed) {
                    return null;
                }
                left = woken.awaitNanos(left);
            }
            return due();
        } finally {
            lock.unlock();
        }
    }

    private SandboxMessage due() {
        if (stateDue) {
            stateDue = false;
            return state.get();
        }
        Call call = calls.poll();
        if (call != null) {
            return SandboxMessage.Event.of(call, null);
        }
        Snapshot newest = Objects.requireNonNull(snapshot);
        snapshot = null;
        return new SandboxMessage.Changed(newest);
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
