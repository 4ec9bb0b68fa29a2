package dev.nslab.lab.web;

import dev.nslab.lab.wire.EndReasonView;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.sandbox.EndReason;
import dev.nslab.web.Connection;
import dev.nslab.web.SocketSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.web.socket.CloseStatus;

/** The connection of a browser that comes back to a lab which has ended: it is told why. */
final class FarewellConnection implements Connection {

    private final EndReason reason;
    private final SocketSender sender;

    FarewellConnection(EndReason reason, SocketSender sender) {
        this.reason = reason;
        this.sender = sender;
    }

    @Override
    public void run() throws IOException {
        sender.send(new SandboxMessage.State("ended", reason.words(), EndReasonView.of(reason), List.of(), null, null));
        sender.close(SocketSender.GONE);
    }

    @Override
    public void received(ByteBuffer bytes) {}

    @Override
    public void received(String text) {}

    @Override
    public void heard() {}

    @Override
    public void closed() {}

    @Override
    public void close(CloseStatus why) {
        sender.close(why);
    }
}
