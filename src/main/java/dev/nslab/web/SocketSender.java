package dev.nslab.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.tomcat.websocket.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other end of a WebSocket. Tomcat allows one sender at a time, and a sender waits while the peer does not read; one
 * that reads nothing for {@link #SEND_TIMEOUT} is cut off.
 */
public final class SocketSender {

    /** Unknown or ended: to come back is of no use. */
    public static final CloseStatus GONE = new CloseStatus(4404, "There is no such thing, or it has ended");

    /**
     * How long a sender waits for a peer that reads nothing: long enough for a laptop to change its network. To come back after
     * that costs little, since the terminal remembers what it printed.
     */
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SocketSender.class);

    private final WebSocketSession session;
    private final JsonMapper json;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile long heard = System.nanoTime();

    private SocketSender(WebSocketSession session, JsonMapper json) {
        this.session = session;
        this.json = json;
    }

    static SocketSender to(WebSocketSession session, JsonMapper json) {
        Objects.requireNonNull(((StandardWebSocketSession) session).getNativeSession())
                .getUserProperties()
                .put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, SEND_TIMEOUT.toMillis());
        return new SocketSender(session, json);
    }

    public void send(ByteBuffer bytes) throws IOException {
        send(new BinaryMessage(bytes));
    }

    public void send(Object message) throws IOException {
        send(new TextMessage(json.writeValueAsBytes(message)));
    }

    public void ping() throws IOException {
        send(new PingMessage(ByteBuffer.allocate(0)));
    }

    /** Something came from the peer. */
    public void heard() {
        heard = System.nanoTime();
    }

    public boolean isSilentFor(long nanos) {
        return System.nanoTime() - heard > nanos;
    }

    public void close(CloseStatus why) {
        try {
            session.close(why);
        } catch (IOException | IllegalStateException e) {
            log.debug("a socket was closed already", e);
        }
    }

    private void send(WebSocketMessage<?> message) throws IOException {
        sending.lock();
        try {
            session.sendMessage(message);
        } catch (IllegalStateException e) {
            // So Tomcat says that the socket was closed in the meantime.
            throw new IOException(e);
        } finally {
            sending.unlock();
        }
    }
}
