package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** Tells a pseudoterminal's master from any other file (pty(7)). */
public final class PtyMaster {
    /** TIOCGPTN: the number of the slave, which only a master has (ioctl_tty(2)). */
    private static final long TIOCGPTN = 0x80045430L;

    private PtyMaster() {}

    public static boolean is(Fd fd) {
        try (Memory number = new Memory(4)) {
            Libc.ioctl(fd.number(), TIOCGPTN, number);
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }
}
