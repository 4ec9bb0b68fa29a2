package dev.nslab.terminal;

import dev.nslab.linux.Poller;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves bytes between a PTY and its terminal: reads on the poller's thread, writes on the caller's, and sees to it that
 * the PTY is closed only when neither is under way.
 */
final class Pump {

    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    /** How much is copied for one write. The terminal may take less. */
    private static final int WRITE = 4 * 1024;

    /** A writer whose program does not read leaves a closing terminal after this time. */
    private static final int PATIENCE_MS = 100;

    /**
     * For epoll, a PTY that no program has open is always readable. A program may open it again, so it is read at this
     * interval.
     */
    private static final long HUNG_UP_RETRY_MS = 100;

    /** Where the bytes go. Called on the poller's thread. */
    interface Receiver {
        /** Takes the bytes. If it returns false, it has to call {@link Pump#resume} when more can be taken. */
        boolean received(byte[] bytes, int length);

        /** All output has been read, and at the moment no program has the terminal open. */
        void hungUp();
    }

    private final PseudoTerminal pty;
    private final Poller poller;
    private final ScheduledExecutorService clock;
    private final byte[] buffer;
    private final Receiver receiver;
    private final Poller.Registration registration;
    private volatile boolean hungUp;
    private volatile boolean closing;
    private volatile long lastRead = System.nanoTime();
    private boolean writing;
    private boolean released;

    /** @param buffer for reading; may be shared by all pumps of one poller */
    Pump(PseudoTerminal pty, Poller poller, ScheduledExecutorService clock, byte[] buffer, Receiver receiver)
            throws IOException {
        this.pty = pty;
        this.poller = poller;
        this.clock = clock;
        this.buffer = buffer;
        this.receiver = receiver;
        // The first callback may come before watch() has returned. It calls resume(), which waits for this monitor.
        synchronized (this) {
            this.registration = poller.watch(pty.fd(), itself -> readable());
        }
    }

    synchronized void resume() {
        if (!released) {
            registration.rearm();
        }
    }

    void write(byte[] bytes) {
        if (!startWriting()) {
            return;
        }
        try {
            int from = 0;
            while (from < bytes.length && !closing) {
                int taken = pty.write(Arrays.copyOfRange(bytes, from, Math.min(from + WRITE, bytes.length)));
                from += taken;
                if (taken == 0 && !pty.awaitRoom(PATIENCE_MS)) {
                    // For a terminal that no program has open, awaitRoom returns at once.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS / 10));
                }
            }
        } catch (IOException e) {
            log.debug("input was lost, its terminal is closing", e);
        } finally {
            stopWriting();
        }
    }

    synchronized void resize(int cols, int rows) throws IOException {
        if (!closing) {
            pty.resize(cols, rows);
        }
    }

    boolean isHungUp() {
        return hungUp;
    }

    boolean quietFor(long time, TimeUnit unit) {
        return System.nanoTime() - lastRead >= unit.toNanos(time);
    }

    /** Runs the task on the poller's thread, after one read of what is readable now. */
    void afterReading(Runnable task) {
        poller.execute(task);
    }

    /** Hangs up as soon as nobody is writing: a writer leaves within {@value #PATIENCE_MS} ms. */
    synchronized void close() {
        closing = true;
        if (!writing) {
            poller.execute(this::release);
        }
    }

    private synchronized boolean startWriting() {
        writing = !closing;
        return writing;
    }

    private synchronized void stopWriting() {
        writing = false;
        if (closing) {
            poller.execute(this::release);
        }
    }

    private void readable() {
        if (closing) {
            return;
        }
        int length = pty.read(buffer);
        hungUp = length < 0;
        if (hungUp) {
            receiver.hungUp();
            var _ = clock.schedule(this::resume, HUNG_UP_RETRY_MS, TimeUnit.MILLISECONDS);
            return;
        }
        if (length > 0) {
            lastRead = System.nanoTime();
        }
        if (length == 0 || receiver.received(buffer, length)) {
            resume();
        }
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        registration.close();
        try {
            pty.close();
        } catch (IOException e) {
            log.warn("a terminal could not be closed", e);
        }
    }
}
