package dev.nslab.linux;

import com.sun.jna.Native;

/**
 * An error number of Linux (errno(3)).
 *
 * @param number as the kernel gives it, above 0
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno ENOMEM = new Errno(12);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENFILE = new Errno(23);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno ENOSYS = new Errno(38);
    public static final Errno EBADMSG = new Errno(74);
    public static final Errno EUSERS = new Errno(87);
    public static final Errno ECONNRESET = new Errno(104);

    /** Internal to the kernel (include/linux/errno.h), but returned when there is no space left for a BPF program. */
    public static final Errno ENOTSUPP = new Errno(524);

    /** What strerror(3) says: "Operation not permitted". */
    public String text() {
        return equals(ENOTSUPP) ? "Not supported at the moment" : Words.of(number);
    }

    @Override
    public String toString() {
        return text() + " (errno " + number + ")";
    }

    private static final class Words {
        static {
            Native.register(Words.class, "c");
        }

        private static native String strerror(int number);

        static String of(int number) {
            return strerror(number);
        }
    }
}
