package dev.nslab.linux;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.time.Duration;
import java.util.Arrays;

/** Reads and writes file descriptors that no stream of Java's has opened. */
public final class TestFds {
    private static final short POLLIN = 1;

    static {
        Native.register(TestFds.class, "c");
    }

    private TestFds() {}

    @FieldOrder({"fd", "events", "revents"})
    public static final class PollFd extends Structure {
        public int fd;
        public short events = POLLIN;
        public short revents;
    }

    private static native int poll(PollFd fds, long count, int timeout);

    private static native long read(int fd, byte[] bytes, long count);

    private static native long write(int fd, byte[] bytes, long count);

    /** What can be read by then; empty at the end of the file or of the time. */
    public static byte[] read(Fd fd, Duration deadline) {
        PollFd poll = new PollFd();
        poll.fd = fd.number();
        if (poll(poll, 1, (int) Math.max(0, deadline.toMillis())) <= 0) return new byte[0];
        byte[] bytes = new byte[65536];
        long count = read(fd.number(), bytes, bytes.length);
        return Arrays.copyOf(bytes, (int) Math.max(0, count));
    }

    public static void write(Fd fd, byte[] bytes) {
        if (write(fd.number(), bytes, bytes.length) != bytes.length) throw new AssertionError("short write");
    }
}
