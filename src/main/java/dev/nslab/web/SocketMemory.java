package dev.nslab.web;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Makes open WebSockets cheap: each terminal has one, and nearly all are idle. By default Tomcat keeps six buffers of 8
 * KB for each. Messages pass by them in both directions, so small ones do not slow a flood down.
 */
@Component
class SocketMemory implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String SIZE = "2048";

    /** Read by Tomcat once, when its first WebSocket class is loaded; there is no setting for one server. */
    SocketMemory() {
        System.setProperty("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", SIZE);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(SocketMemory::shrink);
    }

    private static void shrink(Connector connector) {
        connector.setProperty("socket.appReadBufSize", SIZE);
        connector.setProperty("socket.appWriteBufSize", SIZE);
    }
}
