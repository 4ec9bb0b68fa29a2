package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SeqPacketSocket;
import dev.nslab.linux.SeqPacketSocket.Packet;
import dev.nslab.sandbox.spec.HelperRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control socket of one helper: packets in and out, and nothing that blocks. */
final class HelperChannel {
    private static final Logger log = LoggerFactory.getLogger(HelperChannel.class);

    /** How many packets are read from one sandbox before it is the others' turn. */
    private static final int PACKETS_PER_TURN = 64;

    /** Called on the poller's thread. */
    interface Receiver {
        /** Called for each message. A receiver that keeps file descriptors removes them from the packet. */
        void received(HelperMessage message, Packet packet) throws LinuxException;

        /** Called at most once: the other side is gone or, if broken, sent something that no helper sends. */
        void closed(boolean broken);
    }

    private final Poller poller;
    private final SeqPacketSocket socket;
    private final Receiver receiver;
    private volatile Poller.@Nullable Registration watch;

    HelperChannel(Poller poller, SeqPacketSocket socket, Receiver receiver) {
        this.poller = poller;
        this.socket = socket;
        this.receiver = receiver;
    }

    void open() throws LinuxException {
        watch = poller.watch(socket.fd(), this::read);
    }

    void send(HelperRequest words) throws LinuxException {
        socket.send(words.toBytes());
    }

    /** Makes the helper end, which it does when it reads the end of this socket. */
    void close() {
        poller.execute(this::closeNow);
    }

    private void closeNow() {
        Poller.Registration watched = watch;
        if (watched != null) {
            watched.close();
        }
        socket.close();
    }

    private void read(Poller.Registration registration) {
        watch = registration;
        try {
            if (readTurn()) {
                registration.rearm();
            } else {
                receiver.closed(false);
            }
        } catch (LinuxException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            log.warn("a sandbox is given up: {}", e.toString());
            receiver.closed(true);
        }
    }

    /**
     * Reads what the helper sent last, before its end is made known: the poller may report that end first. Call this on
     * the poller's thread.
     */
    void drain() {
        try {
            if (socket.fd().isOpen()) {
                var _ = readTurn();
            }
        } catch (LinuxException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            log.debug("the last words of a sandbox are not understood", e);
        }
    }

    /** Returns false at the end of the stream. */
    private boolean readTurn() throws LinuxException {
        for (int count = 0; count < PACKETS_PER_TURN; count++) {
            Packet packet = socket.receive();
            if (packet == null) {
                return true;
            }
            if (packet.bytes().length == 0) {
                packet.close();
                return false;
            }
            take(packet);
        }
        return true;
    }

    private void take(Packet packet) throws LinuxException {
        try (packet) {
            receiver.received(HelperMessage.parse(packet.bytes()), packet);
        }
    }
}
