package dev.nslab.bench;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A browser that draws at once whatever comes, and acknowledges it. */
final class Sink implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        socket.request(1);
        return socket.sendText("{\"type\":\"ack\",\"bytes\":" + data.remaining() + "}", true);
    }
}
