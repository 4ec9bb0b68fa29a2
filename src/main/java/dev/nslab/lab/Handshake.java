package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.account.Learners;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Notes who opens a WebSocket, as long as there is a request to be asked. */
final class Handshake implements HandshakeInterceptor {

    private static final String LEARNER = "learner";

    private final Learners learners;

    Handshake(Learners learners) {
        this.learners = learners;
    }

    /** Who opened it. */
    static Learner learner(WebSocketSession session) {
        return (Learner) Objects.requireNonNull(session.getAttributes().get(LEARNER));
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        attributes.put(LEARNER, learners.asking(((ServletServerHttpRequest) request).getServletRequest()));
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {}
}
