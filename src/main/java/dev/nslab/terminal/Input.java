package dev.nslab.terminal;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Typed input that the program has not yet read.
 *
 * <p>If the program does not read, writing to its PTY waits in poll(2). A virtual thread would block its carrier thread
 * there, so a platform thread does it, which is in use only while there is something to write. A sender that is more
 * than {@value #LIMIT} bytes ahead has to wait.
 */
final class Input {

    /** Writes all the bytes; may block. */
    interface Sink {
        void write(byte[] bytes);
    }

    static final int LIMIT = 64 * 1024;

    /** The memory that an array and its place in the queue take besides its bytes. */
    private static final int OVERHEAD = 32;

    private final Executor executor;
    private final Sink sink;
    private final Waiting waiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(2);
    private int queued;
    private int waiters;
    private boolean draining;
    private boolean closed;

    /** Told true when the first sender has to wait, and false when none waits any more. */
    interface Waiting {
        void changed(boolean waiting);
    }

    Input(Executor executor, Sink sink, Waiting waiting) {
        this.executor = executor;
        this.sink = sink;
        this.waiting = waiting;
    }

    /**
     * Queues the bytes, and waits for room. From now on the array belongs to the queue. After {@link #close}, bytes are
     * dropped.
     */
    void write(byte[] bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom();
            if (closed || bytes.length == 0) {
                return;
            }
            queue.add(bytes);
            queued += cost(bytes);
            if (!draining) {
                // This comes first: if no thread is available now, the next write tries again.
                executor.execute(this::drain);
                draining = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            queued = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isBlocked() {
        lock.lock();
        try {
            return waiters > 0;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        if (closed || queued < LIMIT) {
            return;
        }
        waiting(1);
        try {
            while (!closed && queued >= LIMIT) {
                room.await();
            }
        } finally {
            waiting(-1);
        }
    }

    private void waiting(int change) {
        waiters += change;
        waiting.changed(waiters > 0);
    }

    private void drain() {
        try {
            for (byte[] bytes = take(); bytes != null; bytes = take()) {
                sink.write(bytes);
            }
        } catch (RuntimeException e) {
            // Nothing would ever drain the queue, so nobody may wait for it.
            close();
            throw e;
        }
    }

    private static int cost(byte[] bytes) {
        return bytes.length + OVERHEAD;
    }

    private byte @Nullable [] take() {
        lock.lock();
        try {
            byte[] bytes = queue.poll();
            draining = bytes != null;
            if (bytes != null) {
                queued -= cost(bytes);
                room.signal();
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
