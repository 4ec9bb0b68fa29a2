package dev.nslab.lab;

import dev.nslab.account.Access;
import dev.nslab.account.Caller;
import dev.nslab.account.Callers;
import dev.nslab.sandbox.EndReason;
import java.time.Duration;
import java.util.Objects;
import org.apache.tomcat.websocket.Constants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two kinds of WebSocket. They are registered here and nowhere else: an endpoint that is registered with Tomcat in
 * another way has no check of its Origin (CVE-2026-59390).
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class WebSocketConfiguration implements WebSocketConfigurer {

    /**
     * How long a sender waits for a peer that reads nothing. Long enough for a laptop to change its network. Coming
     * back later costs little, since the terminal remembers what it printed.
     */
    static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    /** Messages come in parts of this size. Each socket has such a buffer for as long as it is open. */
    private static final int BINARY_PART = 4 * 1024;

    private static final int TEXT_PART = 512;

    private final LabDirectory labs;
    private final Access access;
    private final Handshake handshake;
    private final JsonMapper json;
    private final LabSockets sockets;

    WebSocketConfiguration(LabDirectory labs, Callers callers, Access access, LabLimits limits, JsonMapper json) {
        this.labs = labs;
        this.access = access;
        this.handshake = new Handshake(callers);
        this.json = json;
        Shares shares = new Shares(limits.socketsPerLearner());
        this.sockets = new LabSockets(new Sockets(shares, this::openTerminal), new Sockets(shares, this::openLab));
    }

    /** Closes the sockets when the server stops. */
    @Bean
    LabSockets labSockets() {
        return sockets;
    }

    @Bean
    ServletServerContainerFactoryBean webSocketContainer() {
        var container = new ServletServerContainerFactoryBean();
        container.setMaxBinaryMessageBufferSize(BINARY_PART);
        container.setMaxTextMessageBufferSize(TEXT_PART);
        return container;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        register(registry, sockets.terminals(), "/ws/terminals/*");
        register(registry, sockets.labs(), "/ws/sandboxes/*");
    }

    private void register(WebSocketHandlerRegistry registry, Sockets handler, String path) {
        registry.addHandler(handler, path)
                .setHandshakeHandler(new UncompressedHandshake())
                .addInterceptors(handshake)
                .setAllowedOrigins(access.foreignOrigins().toArray(String[]::new));
    }

    private Connection openTerminal(WebSocketSession session) {
        Caller caller = Handshake.caller(session);
        LabDirectory.Terminal found = labs.getTerminal(caller, id(session), Right.WATCH);
        return new TerminalConnection(
                found.session(), () -> found.lab().rights().allow(caller, Right.TYPE), peer(session), json);
    }

    private Connection openLab(WebSocketSession session) {
        return switch (labs.find(Handshake.caller(session), id(session), Right.WATCH)) {
            case LabLookup.Here(Lab lab) -> new LabConnection(lab, peer(session));
            case LabLookup.Ended(EndReason why) -> new FarewellConnection(why, peer(session));
            case LabLookup.None _ -> throw LabException.notFound("sandbox");
        };
    }

    private Peer peer(WebSocketSession session) {
        Objects.requireNonNull(((StandardWebSocketSession) session).getNativeSession())
                .getUserProperties()
                .put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, SEND_TIMEOUT.toMillis());
        return new Peer(session, json);
    }

    private static String id(WebSocketSession session) {
        var path = UriComponentsBuilder.fromUri(Objects.requireNonNull(session.getUri()))
                .build()
                .getPathSegments();
        return path.getLast();
    }
}
