package dev.nslab.terminal;

import dev.nslab.sandbox.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One terminal's output on its way to all viewers. It remembers what was printed last, and stops reading while every
 * viewer is more than a window behind. One lock guards the buffer and all subscriptions.
 *
 * <p>The fastest viewer sets the pace. A viewer that falls behind by more than the buffer continues at the oldest byte
 * that is remembered. Without viewers the program runs unhindered.
 */
final class OutputFanout {

    static final int REPLAY = 512 * 1024;

    /**
     * How many bytes may be on their way to a viewer without having been drawn. There are not more of them, because
     * after ^C the viewer still has to draw them all.
     */
    static final int WINDOW = 256 * 1024;

    final ReentrantLock lock = new ReentrantLock();
    final ReplayBuffer replay;
    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private final Runnable resume;
    private int cols;
    private int rows;
    private boolean paused;
    private boolean creditWaived;
    private boolean ending;
    private boolean closed;
    private @Nullable ExitStatus exit;

    /** @param resume called with the lock held, when reading may go on after {@link #append} has returned false */
    OutputFanout(int cols, int rows, ReplayMemory memory, Runnable resume) {
        this.replay = new ReplayBuffer(REPLAY, memory);
        this.cols = cols;
        this.rows = rows;
        this.resume = resume;
    }

    Subscription subscribe() {
        lock.lock();
        try {
            Subscription subscription = new Subscription(this, lock.newCondition());
            subscriptions.add(subscription);
            subscriptions.forEach(Subscription::viewersChanged);
            progressed();
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    void unsubscribe(Subscription subscription) {
        lock.lock();
        try {
            if (subscriptions.remove(subscription)) {
                subscriptions.forEach(Subscription::viewersChanged);
                progressed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what was printed. Returns false if the viewers cannot follow; the caller then waits for {@code resume}. */
    boolean append(byte[] bytes, int length) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            replay.append(bytes, length);
            subscriptions.forEach(Subscription::printed);
            paused = congested();
            return !paused;
        } finally {
            lock.unlock();
        }
    }

    /**
     * While a viewer's paste waits for the program, acknowledgements are not required. They come behind the paste in
     * the same queue, and the program may not read on before its output is taken. The network still sets the pace.
     */
    void waiveCredit(boolean value) {
        lock.lock();
        try {
            creditWaived = value;
            subscriptions.forEach(Subscription::wake);
            progressed();
        } finally {
            lock.unlock();
        }
    }

    /** The shell has ended. The little that its PTY still contains is read even if no viewer keeps up. */
    void ending() {
        lock.lock();
        try {
            ending = true;
            progressed();
        } finally {
            lock.unlock();
        }
    }

    void resized(int newCols, int newRows) {
        lock.lock();
        try {
            cols = newCols;
            rows = newRows;
            subscriptions.forEach(Subscription::sizeChanged);
        } finally {
            lock.unlock();
        }
    }

    void exited(ExitStatus status) {
        lock.lock();
        try {
            exit = status;
            subscriptions.forEach(Subscription::wake);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            replay.release();
            subscriptions.forEach(Subscription::wake);
        } finally {
            lock.unlock();
        }
    }

    int viewers() {
        lock.lock();
        try {
            return subscriptions.size();
        } finally {
            lock.unlock();
        }
    }

    // All methods below are called with the lock held.

    int viewerCount() {
        return subscriptions.size();
    }

    int cols() {
        return cols;
    }

    int rows() {
        return rows;
    }

    /**
     * Acknowledgements are not required either while memory is short: the output between two of them may be more than
     * is remembered.
     */
    boolean isCreditWaived() {
        return creditWaived || replay.isTight();
    }

    boolean isClosed() {
        return closed;
    }

    @Nullable
    ExitStatus exit() {
        return exit;
    }

    void progressed() {
        if (paused && !congested()) {
            paused = false;
            resume.run();
        }
    }

    private boolean congested() {
        return !ending
                && !subscriptions.isEmpty()
                && subscriptions.stream().allMatch(subscription -> subscription.behind() >= window());
    }

    /**
     * How far the fastest viewer may be behind. It is less while memory is short, so that the next output does not
     * overwrite what no viewer was sent.
     */
    private int window() {
        return replay.isTight() ? replay.capacity() / 2 : WINDOW;
    }
}
