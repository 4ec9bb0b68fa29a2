package dev.nslab.lab;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;

/**
 * Accepts no extension: permessage-deflate takes most of the processor time of a flood, and many KB for each socket.
 *
 * <p>Tomcat 11 accepts by itself whatever the client offers, whatever Spring has selected; so it does not see the offer.
 */
final class UncompressedUpgrade extends StandardWebSocketUpgradeStrategy {

    @Override
    public void upgrade(
            ServerHttpRequest request,
            ServerHttpResponse response,
            @Nullable String selectedProtocol,
            List<WebSocketExtension> selectedExtensions,
            @Nullable Principal user,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
        var unextended = new ServletServerHttpRequest(new WithoutExtensions(asked));
        super.upgrade(unextended, response, selectedProtocol, List.of(), user, handler, attributes);
    }

    private static final class WithoutExtensions extends HttpServletRequestWrapper {

        WithoutExtensions(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }
    }
}
