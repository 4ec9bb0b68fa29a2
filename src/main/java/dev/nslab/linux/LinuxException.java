package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;

/** A system call that failed: what was tried, and the kernel's reason. */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final int errno;

    public LinuxException(String step, Errno errno) {
        super(step + ": " + errno.text());
        this.step = step;
        this.errno = errno.number();
    }

    LinuxException(String step, LastErrorException cause) {
        this(step, new Errno(cause.getErrorCode()));
        initCause(cause);
    }

    /** What was tried: "open a socket pair". */
    public String step() {
        return step;
    }

    public Errno errno() {
        return new Errno(errno);
    }
}
