package dev.nslab.terminal;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was typed and not yet read by the program.
 *
 * <p>Writing to a PTY has to wait, in poll(2), for a program that does not read. So it is done on a platform thread, and only
 * while there is something to write: a virtual thread would take its carrier along. Who types more than
 * {@value #LIMIT} bytes ahead has to wait.
 */
final class Input {

    /** Writes bytes, all of them; may block. */
    interface Sink {
        void write(byte[] bytes);
    }

    static final int LIMIT = 64 * 1024;

    /** What an array costs besides its bytes, and its place in the queue. */
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

    /** Told when the first writer has to wait, and when none waits any more. */
    interface Waiting {
        void changed(boolean waiting);
    }

    Input(Executor executor, Sink sink, Waiting waiting) {
        this.executor = executor;
        this.sink = sink;
        this.waiting = waiting;
    }

    /** Queues the bytes, whose array is the queue's from now on; waits for room. Dropped once closed. */
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
                // First: if no thread can be had now, the next who writes tries again.
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
            // Nobody would drain any more: let no one wait for it.
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
