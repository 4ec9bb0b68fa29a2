package dev.nslab.web;

import dev.nslab.account.Callers;
import dev.nslab.account.LearnerQuota;
import dev.nslab.exposure.ServerExposure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import tools.jackson.databind.json.JsonMapper;

/**
 * All WebSockets. They are registered here and nowhere else: an endpoint that comes to Tomcat by another way has no check of its
 * Origin (CVE-2026-59390).
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class WebSocketConfiguration implements WebSocketConfigurer {

    /** Messages come in parts of this size. Each socket has such a buffer for as long as it is open. */
    private static final int BINARY_PART = 4 * 1024;

    private static final int TEXT_PART = 512;

    private final ServerExposure exposure;
    private final Handshake handshake;
    private final OpenSockets sockets;

    /** @param quota of sockets that a learner may have open */
    WebSocketConfiguration(
            List<SocketEndpoint> endpoints,
            Callers callers,
            ServerExposure exposure,
            LearnerQuota quota,
            JsonMapper json) {
        this.exposure = exposure;
        this.handshake = new Handshake(callers);
        this.sockets = new OpenSockets(endpoints.stream()
                .map(endpoint -> new Sockets(quota, endpoint, json))
                .toList());
    }

    @Bean
    OpenSockets openSockets() {
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
        for (Sockets kind : sockets.ofEachKind()) {
            registry.addHandler(kind, kind.path())
                    .setHandshakeHandler(new UncompressedHandshake())
                    .addInterceptors(handshake)
                    .setAllowedOrigins(exposure.foreignOrigins().toArray(String[]::new));
        }
    }
}
