package dev.nslab.web;

import dev.nslab.account.Caller;
import dev.nslab.account.LearnerQuota;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * All open WebSockets of one kind, with a limited number for each learner. Messages are taken in parts, as they come: a
 * paste of many MB needs no buffer of its size, and an idle socket none at all.
 */
final class Sockets implements WebSocketHandler {

    private static final Logger log = LoggerFactory.getLogger(Sockets.class);

    /** Control messages are short. A peer that sends longer ones is not a client of ours. */
    private static final int MAX_TEXT = 8 * 1024;

    private final LearnerQuota quota;
    private final SocketEndpoint endpoint;
    private final JsonMapper json;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(Connection connection, Caller caller, StringBuilder text) {}

    Sockets(LearnerQuota quota, SocketEndpoint endpoint, JsonMapper json) {
        this.quota = quota;
        this.endpoint = endpoint;
        this.json = json;
    }

    String path() {
        return endpoint.path();
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        Caller caller = Handshake.caller(session);
        if (!quota.take(caller)) {
            session.close(CloseStatus.SERVICE_OVERLOAD.withReason("You have too many connections"));
            return;
        }
        Optional<Connection> connection = endpoint.opener().open(caller, id(session), SocketSender.to(session, json));
        if (connection.isEmpty()) {
            quota.giveBack(caller);
            session.close(SocketSender.GONE);
            return;
        }
        open.put(session.getId(), new Open(connection.get(), caller, new StringBuilder(0)));
        Thread.ofVirtual().name("nslab-socket-" + session.getId()).start(() -> run(connection.get()));
    }

    private static String id(WebSocketSession session) {
        var path = UriComponentsBuilder.fromUri(Objects.requireNonNull(session.getUri()))
                .build()
                .getPathSegments();
        return path.getLast();
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        Open to = open.get(session.getId());
        if (to == null) {
            return;
        }
        to.connection.heard();
        switch (message) {
            case BinaryMessage bytes -> receive(to.connection, bytes);
            case TextMessage text -> receive(session, to, text);
            case PongMessage pong -> log.trace("{} is there: {}", session, pong);
            default -> throw new IllegalStateException("unknown kind of message: " + message);
        }
    }

    private static void receive(Connection connection, BinaryMessage message) {
        try {
            connection.received(message.getPayload());
        } catch (InterruptedException e) {
            log.debug("a socket was closed while its input waited", e);
        }
    }

    private static void receive(WebSocketSession session, Open to, TextMessage message) {
        try {
            take(session, to, message);
        } catch (IOException e) {
            log.debug("a peer is gone before it got an answer", e);
            to.connection.close(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    private static void take(WebSocketSession session, Open to, TextMessage message) throws IOException {
        to.text.append(message.getPayload());
        if (to.text.length() > MAX_TEXT) {
            session.close(CloseStatus.TOO_BIG_TO_PROCESS);
        } else if (message.isLast()) {
            String text = to.text.toString();
            to.text.setLength(0);
            to.connection.received(text);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable error) {
        log.debug("a socket failed", error);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Open closed = open.remove(session.getId());
        if (closed != null) {
            quota.giveBack(closed.caller);
            closed.connection.closed();
        }
    }

    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    void closeAll(CloseStatus why) {
        open.values().forEach(socket -> socket.connection.close(why));
    }

    private static void run(Connection connection) {
        try {
            connection.run();
        } catch (IOException e) {
            log.debug("a peer is gone", e);
            connection.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (InterruptedException e) {
            connection.close(CloseStatus.GOING_AWAY);
        } catch (RuntimeException e) {
            log.error("a socket is closed because of a fault of the server", e);
            connection.close(CloseStatus.SERVER_ERROR);
        }
    }
}
