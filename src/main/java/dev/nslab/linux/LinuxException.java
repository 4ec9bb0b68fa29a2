package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;

/** A system call that failed: what was tried, and the kernel's reason. */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Errno errno;

    public LinuxException(String tried, Errno errno) {
        super(tried + ": " + errno.text());
        this.errno = errno;
    }

    LinuxException(String tried, LastErrorException cause) {
        this(tried, new Errno(cause.getErrorCode()));
    }

    public Errno errno() {
        return errno;
    }
}
