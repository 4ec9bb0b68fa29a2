package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A process that is not this one's child, held by a pidfd (pidfd_open(2)). The kernel then remembers how it ended, even
 * after its parent has reaped it. The process itself is not kept.
 */
public final class Pidfd implements AutoCloseable {

    private static final long PIDFD_OPEN = 434;

    /** With a struct pidfd_info of its first size, 64 bytes (linux/pidfd.h). */
    private static final long PIDFD_GET_INFO = 0xc040ff0bL;

    private static final int INFO_SIZE = 64;
    private static final int EXIT_CODE = 60;
    private static final long PIDFD_INFO_EXIT = 1L << 3;

    private final Fd fd;

    private Pidfd(Fd fd) {
        this.fd = fd;
    }

    /**
     * Null if there is no such process. A caller that found the process by its PID has to check it again afterwards:
     * the PID may have passed to another process in between.
     */
    public static @Nullable Pidfd open(int pid) {
        try {
            return new Pidfd(new Fd((int) Libc.syscall(PIDFD_OPEN, pid, 0, 0, 0)));
        } catch (LastErrorException gone) {
            return null;
        }
    }

    /**
     * Calls once, on the poller's thread, when the process has ended. The registration has to be closed before this
     * pidfd.
     *
     * @throws LinuxException if it cannot be watched
     */
    public Poller.Registration whenEnded(Poller poller, Runnable ended) throws LinuxException {
        return poller.watch(fd, _ -> ended.run());
    }

    /** The status that wait(2) tells the parent; null while the process is not reaped, and before Linux 6.15. */
    public @Nullable Integer exitStatus() {
        try (Memory info = new Memory(INFO_SIZE)) {
            info.clear();
            info.setLong(0, PIDFD_INFO_EXIT);
            Libc.ioctl(fd.number(), PIDFD_GET_INFO, info);
            return (info.getLong(0) & PIDFD_INFO_EXIT) == 0 ? null : info.getInt(EXIT_CODE);
        } catch (LastErrorException olderKernel) {
            return null;
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
