package dev.nslab.web;

import dev.nslab.account.Caller;
import dev.nslab.account.Callers;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Remembers who opens a WebSocket, while there is still a request that tells. */
final class Handshake implements HandshakeInterceptor {

    private static final String CALLER = "caller";

    private final Callers callers;

    Handshake(Callers callers) {
        this.callers = callers;
    }

    /** The caller who opened it. */
    static Caller caller(WebSocketSession session) {
        return (Caller) Objects.requireNonNull(session.getAttributes().get(CALLER));
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        attributes.put(CALLER, callers.of(((ServletServerHttpRequest) request).getServletRequest()));
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {}
}
