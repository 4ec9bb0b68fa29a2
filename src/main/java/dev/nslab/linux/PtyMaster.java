package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** A pseudoterminal's master (pty(7)), on which no operation waits. */
public final class PtyMaster {
    /** TIOCGPTN: the number of the slave, which only a master has (ioctl_tty(2)). */
    private static final long TIOCGPTN = 0x80045430L;

    private static final int F_SETFL = 4;
    private static final int O_RDWR_NONBLOCK = 0x802;
    private static final short POLLOUT = 4;
    private static final int POLLFD_SIZE = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int REVENTS_OFFSET = 6;

    private PtyMaster() {}

    /** From now on, {@link #read} and {@link #write} do not wait, whichever descriptor of the file they use. */
    public static void setNonBlocking(Fd fd) throws LinuxException {
        try {
            Libc.fcntl(fd.number(), F_SETFL, O_RDWR_NONBLOCK);
        } catch (LastErrorException e) {
            throw new LinuxException("make a pseudoterminal non-blocking", e);
        }
    }

    /** Bytes read; 0 when there are none now, -1 when nobody has the other side open (EIO). */
    public static int read(Fd fd, byte[] buffer) {
        try {
            return (int) Libc.read(fd.number(), buffer, buffer.length);
        } catch (LastErrorException e) {
            return isForNow(e) ? 0 : -1;
        }
    }

    /** How many of the first bytes were taken; 0 when there is no room now. */
    public static int write(Fd fd, byte[] bytes) throws LinuxException {
        try {
            return (int) Libc.write(fd.number(), bytes, bytes.length);
        } catch (LastErrorException e) {
            if (isForNow(e)) {
                return 0;
            }
            throw new LinuxException("write to a pseudoterminal", e);
        }
    }

    /** Waits until {@link #write} would take something; false if it would not by then. */
    public static boolean awaitRoom(Fd fd, int milliseconds) {
        try (Memory file = new Memory(POLLFD_SIZE)) {
            file.setInt(0, fd.number());
            file.setShort(EVENTS_OFFSET, POLLOUT);
            file.setShort(REVENTS_OFFSET, (short) 0);
            Libc.poll(file, 1, milliseconds);
            return (file.getShort(REVENTS_OFFSET) & POLLOUT) != 0;
        } catch (LastErrorException e) {
            return false;
        }
    }

    private static boolean isForNow(LastErrorException e) {
        return e.getErrorCode() == Errno.EAGAIN.number() || e.getErrorCode() == Errno.EINTR.number();
    }

    public static boolean is(Fd fd) {
        try (Memory number = new Memory(4)) {
            Libc.ioctl(fd.number(), TIOCGPTN, number);
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }
}
