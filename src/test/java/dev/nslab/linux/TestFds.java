package dev.nslab.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.time.Duration;
import java.util.Arrays;

/** Reads and writes file descriptors that were not opened by Java's streams. */
public final class TestFds {
    private static final short POLLIN = 1;
    private static final int MSG_NOSIGNAL = 0x4000;

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

    /** What can be read within this time; empty at the end of the file, or when the time is over. */
    public static byte[] read(Fd fd, Duration deadline) {
        PollFd poll = new PollFd();
        poll.fd = fd.number();
        if (poll(poll, 1, (int) Math.max(0, deadline.toMillis())) <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[65536];
        long count = read(fd.number(), bytes, bytes.length);
        return Arrays.copyOf(bytes, (int) Math.max(0, count));
    }

    private static final int O_NOCTTY_CLOEXEC = 0x80100;

    private static native int open(String path, int flags);

    /** Opens any file for reading, even a directory. */
    public static Fd open(String path) {
        return new Fd(open(path, O_NOCTTY_CLOEXEC));
    }

    private static native long sendmsg(int fd, Pointer message, int flags);

    /** Sends one packet with file descriptors, by hand: struct msghdr, iovec, cmsghdr (sendmsg(2), cmsg(3)). */
    public static void send(Fd socket, byte[] bytes, int... fds) {
        int headers = 72;
        try (Memory memory = new Memory(headers + 16 + 4L * Math.max(2, fds.length) + bytes.length + 8L)) {
            memory.clear();
            long control = headers, data = memory.size() - bytes.length;
            memory.setPointer(16, memory.share(56));
            memory.setLong(24, 1);
            memory.setPointer(56, memory.share(data, bytes.length));
            memory.setLong(64, bytes.length);
            memory.write(data, bytes, 0, bytes.length);
            if (fds.length > 0) {
                memory.setPointer(32, memory.share(control));
                memory.setLong(40, 16 + 4L * fds.length);
                memory.setLong(control, 16 + 4L * fds.length);
                memory.setInt(control + 8, 1);
                memory.setInt(control + 12, 1);
                memory.write(control + 16, fds, 0, fds.length);
            }
            if (sendmsg(socket.number(), memory, MSG_NOSIGNAL) != bytes.length) {
                throw new AssertionError("sendmsg: errno " + Native.getLastError());
            }
        }
    }

    public static void write(Fd fd, byte[] bytes) {
        if (write(fd.number(), bytes, bytes.length) != bytes.length) {
            throw new AssertionError("short write");
        }
    }
}
