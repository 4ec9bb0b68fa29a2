package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor with one owner. The kernel uses a number again as soon as it is closed, so no number may be
 * kept longer than its {@code Fd}.
 */
public final class Fd implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    public Fd(int number) {
        this.number = new AtomicInteger(number);
    }

    /**
     * Its number in this process, from 0.
     *
     * @throws IllegalStateException when it is closed
     */
    public int number() {
        int open = number.get();
        if (open == CLOSED) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return open;
    }

    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    /** Makes the file descriptor {@code target} another name of this file, with close-on-exec (dup3(2)). */
    public void duplicateOnto(int target) throws LinuxException {
        try {
            Libc.dup3(number(), target, Libc.O_CLOEXEC);
        } catch (LastErrorException e) {
            throw new LinuxException("duplicate a file descriptor onto " + target, e);
        }
    }

    /** Closes the file; a second call does nothing. */
    @Override
    public void close() {
        int open = number.getAndSet(CLOSED);
        if (open == CLOSED) {
            return;
        }
        try {
            Libc.close(open);
        } catch (LastErrorException e) {
            // Linux has released the number whatever it answers (close(2), NOTES).
        }
    }

    @Override
    public String toString() {
        return "fd " + number.get();
    }
}
