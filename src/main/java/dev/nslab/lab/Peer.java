package dev.nslab.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other end of a WebSocket. Tomcat allows one sender at a time, and a sender waits while the peer does not read; one
 * that reads nothing for {@link WebSocketConfiguration#SEND_TIMEOUT} is cut off.
 */
final class Peer {

    /** Unknown or ended: to come back is of no use. */
    static final CloseStatus GONE = new CloseStatus(4404, "There is no such thing, or it has ended");

    private static final Logger log = LoggerFactory.getLogger(Peer.class);

    private final WebSocketSession session;
    private final JsonMapper json;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile long heard = System.nanoTime();

    Peer(WebSocketSession session, JsonMapper json) {
        this.session = session;
        this.json = json;
    }

    void send(ByteBuffer bytes) throws IOException {
        send(new BinaryMessage(bytes));
    }

    void send(Object message) throws IOException {
        send(new TextMessage(json.writeValueAsBytes(message)));
    }

    void ping() throws IOException {
        send(new PingMessage(ByteBuffer.allocate(0)));
    }

    /** Something came from the peer. */
    void heard() {
        heard = System.nanoTime();
    }

    boolean isSilentFor(long nanos) {
        return System.nanoTime() - heard > nanos;
    }

    void close(CloseStatus why) {
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
