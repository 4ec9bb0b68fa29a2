package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pair of connected sockets that preserves the boundaries of packets and passes file descriptors along
 * with them (unix(7), SOCK_SEQPACKET, SCM_RIGHTS). Reading is for one thread at a time.
 */
public final class SeqPacketSocket implements AutoCloseable {
    /** Bytes of the longest packet that is accepted. */
    public static final int PACKET_BYTES = 16 * 1024;

    private static final int MAX_FDS = 4;

    private final Fd fd;
    private final Memory buffer = new Memory(PACKET_BYTES);
    private final MessageHeader header = new MessageHeader(MAX_FDS);

    private SeqPacketSocket(Fd fd) {
        this.fd = fd;
    }

    /** Both ends: one to keep, one to give to a child. */
    public record Pair(SeqPacketSocket ours, Fd theirs) {}

    public static Pair pair() throws LinuxException {
        int[] pair = new int[2];
        try {
            Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0, pair);
        } catch (LastErrorException e) {
            throw new LinuxException("open a socket pair", e);
        }
        return new Pair(new SeqPacketSocket(new Fd(pair[0])), new Fd(pair[1]));
    }

    /** The file descriptor, to be watched for packets. */
    public Fd fd() {
        return fd;
    }

    /**
     * A packet as it was received.
     *
     * @param bytes empty when the other side has closed
     * @param fds that came with it, of which the packet is the owner
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares packets
    public record Packet(byte[] bytes, List<Fd> fds) implements AutoCloseable {
        /** The first file descriptor, which is the caller's from now on; null when there is none. */
        public @Nullable Fd takeFd() {
            return fds.isEmpty() ? null : fds.removeFirst();
        }

        /** Closes the file descriptors that nobody took. */
        @Override
        public void close() {
            fds.forEach(Fd::close);
        }
    }

    /**
     * Sends one packet at once. May be called by any thread, and while another one closes this socket.
     *
     * @throws LinuxException EAGAIN when the other side does not read, EPIPE when either side has closed
     */
    public synchronized void send(byte[] bytes) throws LinuxException {
        if (!fd.isOpen()) {
            throw new LinuxException("send to a sandbox", Errno.EPIPE);
        }
        try (Memory data = new Memory(bytes.length);
                MessageHeader message = new MessageHeader(0)) {
            data.write(0, bytes, 0, bytes.length);
            Libc.sendmsg(fd.number(), message.around(data), Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT);
        } catch (LastErrorException e) {
            throw new LinuxException("send to a sandbox", e);
        }
    }

    /**
     * The next packet, null when there is none yet.
     *
     * @throws LinuxException EBADMSG when a packet or its file descriptors were cut short
     */
    public @Nullable Packet receive() throws LinuxException {
        Pointer message = header.around(buffer);
        long length;
        try {
            length = Libc.recvmsg(fd.number(), message, Libc.MSG_CMSG_CLOEXEC | Libc.MSG_DONTWAIT);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EAGAIN.number()) {
                return null;
            }
            // The other side was killed before it had read everything.
            if (e.getErrorCode() == Errno.ECONNRESET.number()) {
                return new Packet(new byte[0], List.of());
            }
            throw new LinuxException("receive from a sandbox", e);
        }
        Packet packet = new Packet(buffer.getByteArray(0, (int) length), header.fds());
        if ((header.flags() & (Libc.MSG_TRUNC | Libc.MSG_CTRUNC)) == 0) {
            return packet;
        }
        packet.close();
        throw new LinuxException("receive from a sandbox", Errno.EBADMSG);
    }

    @Override
    public synchronized void close() {
        fd.close();
    }

    /** struct msghdr with one struct iovec and room for file descriptors (recvmsg(2), cmsg(3)). */
    private static final class MessageHeader implements AutoCloseable {
        private static final int IOVEC = 56;
        private static final int CONTROL = IOVEC + 16;
        private static final int CONTROL_HEADER = 16;

        private final Memory memory;
        private final int controlSize;

        MessageHeader(int fds) {
            controlSize = fds == 0 ? 0 : CONTROL_HEADER + 4 * fds;
            memory = new Memory(CONTROL + CONTROL_HEADER + 4L * MAX_FDS);
        }

        /** Filled in again for each call, because the kernel writes lengths into it. */
        Pointer around(Memory data) {
            memory.clear();
            memory.setPointer(16, memory.share(IOVEC));
            memory.setLong(24, 1);
            memory.setPointer(IOVEC, data);
            memory.setLong(IOVEC + 8L, data.size());
            if (controlSize > 0) {
                memory.setPointer(32, memory.share(CONTROL));
            }
            memory.setLong(40, controlSize);
            return memory;
        }

        int flags() {
            return memory.getInt(48);
        }

        List<Fd> fds() {
            List<Fd> fds = new ArrayList<>();
            long received = memory.getLong(40) == 0 ? 0 : memory.getLong(CONTROL);
            for (long offset = CONTROL_HEADER; offset + 4 <= received; offset += 4) {
                fds.add(new Fd(memory.getInt(CONTROL + offset)));
            }
            return fds;
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
