package dev.nslab.terminal;

import dev.nslab.sandbox.ExitStatus;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a terminal: how much of the output the viewer was sent, and what else the viewer has to be told.
 *
 * <p>Only one thread, the viewer's writer, may call {@link #next}. Everything else may be called by any thread.
 */
public final class Subscription implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    /**
     * While a program floods, output is gathered into pieces of this size, because a message costs far more than its
     * bytes. The echo of a key never waits: output counts as a flood only if at least {@link #MUCH} bytes were sent a
     * moment ago.
     */
    private static final int GATHERED = 32 * 1024;

    private static final int MUCH = 2 * 1024;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final OutputFanout fanout;
    private final Condition woken;
    // Guarded by the fanout's lock.
    private long sent;
    private long acked;
    private long live;
    private boolean acking;
    private boolean attachedDue;
    private boolean sizeDue;
    private boolean viewersDue;
    private boolean exitTold;
    private boolean closed;
    private boolean gathering;
    private int lastSize;
    private long lastTime = System.nanoTime();

    Subscription(OutputFanout fanout, Condition woken) {
        this.fanout = fanout;
        this.woken = woken;
        attach(fanout.replay.start());
    }

    /**
     * Waits for what the viewer has to be told next.
     *
     * @return {@link TerminalEvent.Nothing} when the time is over, {@link TerminalEvent.Closed} when nothing will follow
     */
    public TerminalEvent next(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        fanout.lock.lockInterruptibly();
        try {
            gather();
            TerminalEvent event = due();
            while (event == null) {
                if (left <= 0) {
                    return new TerminalEvent.Nothing();
                }
                left = woken.awaitNanos(left);
                event = due();
            }
            return event;
        } finally {
            fanout.lock.unlock();
        }
    }

    /**
     * The viewer has handled this many more bytes. After the first call, the viewer is never sent more than a window
     * beyond what was acknowledged.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public void ack(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, not " + bytes);
        }
        fanout.lock.lock();
        try {
            acking = true;
            acked += Math.min(bytes, sent - acked);
            wake();
            fanout.progressed();
        } finally {
            fanout.lock.unlock();
        }
    }

    /**
     * Continues at {@code offset}, where an earlier connection stopped, or at the oldest byte if that one is no longer
     * remembered.
     */
    public void resume(long offset) {
        fanout.lock.lock();
        try {
            boolean kept = offset >= fanout.replay.start() && offset <= fanout.replay.end();
            attach(kept ? offset : fanout.replay.start());
            wake();
            fanout.progressed();
        } finally {
            fanout.lock.unlock();
        }
    }

    @Override
    public void close() {
        fanout.lock.lock();
        try {
            closed = true;
            wake();
            fanout.unsubscribe(this);
        } finally {
            fanout.lock.unlock();
        }
    }

    // All methods below are called with the lock held.

    void wake() {
        woken.signal();
    }

    void printed() {
        if (!gathering || fanout.replay.end() - sent >= GATHERED) {
            wake();
        }
    }

    void sizeChanged() {
        sizeDue = true;
        wake();
    }

    void viewersChanged() {
        viewersDue = true;
        wake();
    }

    /** Printed bytes that this viewer has not handled, as far as is known. */
    long behind() {
        return fanout.replay.end() - (needsCredit() ? acked : sent);
    }

    private void gather() throws InterruptedException {
        for (long left = gatheringTime(); left > 0; left = gatheringTime()) {
            gathering = true;
            woken.awaitNanos(left);
        }
        gathering = false;
    }

    /** How long to wait for more output before sending what there is, in nanoseconds. */
    private long gatheringTime() {
        boolean flood = lastSize >= MUCH && fanout.replay.end() - sent < GATHERED;
        boolean otherDue = attachedDue || sizeDue || viewersDue || closed || fanout.isClosed();
        return flood && !otherDue ? MOMENT - (System.nanoTime() - lastTime) : 0;
    }

    private boolean needsCredit() {
        return acking && !fanout.isCreditWaived();
    }

    private void attach(long offset) {
        sent = offset;
        acked = offset;
        live = fanout.replay.end();
        attachedDue = true;
    }

    private @Nullable TerminalEvent due() {
        if (closed || fanout.isClosed()) {
            return new TerminalEvent.Closed();
        }
        if (sent < fanout.replay.start()) {
            attach(fanout.replay.start());
        }
        if (attachedDue) {
            attachedDue = false;
            sizeDue = false;
            return new TerminalEvent.Attached(sent, live, fanout.cols(), fanout.rows());
        }
        if (sizeDue) {
            sizeDue = false;
            return new TerminalEvent.Resized(fanout.cols(), fanout.rows());
        }
        if (viewersDue) {
            viewersDue = false;
            return new TerminalEvent.Viewers(fanout.viewerCount());
        }
        return sent < fanout.replay.end() ? output() : exit();
    }

    private @Nullable TerminalEvent output() {
        int credit = needsCredit() ? (int) Math.max(0, acked + OutputFanout.WINDOW - sent) : CHUNK;
        if (credit == 0) {
            return null;
        }
        byte[] bytes = fanout.replay.copy(sent, Math.min(CHUNK, credit));
        sent += bytes.length;
        lastSize = bytes.length;
        lastTime = System.nanoTime();
        fanout.progressed();
        return new TerminalEvent.Output(ByteBuffer.wrap(bytes));
    }

    private @Nullable TerminalEvent exit() {
        ExitStatus status = fanout.exit();
        if (status == null || exitTold) {
            return null;
        }
        exitTold = true;
        return new TerminalEvent.Exited(status);
    }
}
