package dev.nslab.lab.web;

import dev.nslab.lab.FeedSubscription;
import dev.nslab.lab.Lab;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.web.Connection;
import dev.nslab.web.SocketSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.springframework.web.socket.CloseStatus;

/** A viewer of a lab at the other end of a WebSocket. It only receives; what it sends is ignored. */
final class LabConnection implements Connection {

    private final Lab lab;
    private final FeedSubscription viewer;
    private final SocketSender sender;

    LabConnection(Lab lab, SocketSender sender) {
        this.lab = lab;
        this.viewer = lab.join();
        this.sender = sender;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        while (!viewer.isDone()) {
            SandboxMessage message = viewer.next(PING_SECONDS, TimeUnit.SECONDS);
            if (message != null) {
                sender.send(message);
            } else if (!viewer.isDone()) {
                ping();
            }
        }
        sender.close(SocketSender.GONE);
    }

    private void ping() throws IOException {
        if (sender.isSilentFor(TimeUnit.SECONDS.toNanos(3 * PING_SECONDS))) {
            throw new IOException("the peer has been silent for too long");
        }
        sender.ping();
    }

    @Override
    public void received(ByteBuffer bytes) {}

    @Override
    public void received(String text) {}

    @Override
    public void heard() {
        sender.heard();
    }

    @Override
    public void closed() {
        lab.leave(viewer);
        viewer.abandon();
    }

    @Override
    public void close(CloseStatus why) {
        sender.close(why);
    }
}
