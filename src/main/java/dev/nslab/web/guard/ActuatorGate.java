package dev.nslab.web.guard;

import dev.nslab.exposure.ServerExposure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows learners nothing that is meant for the operator, except the server's health. If only the person at this machine
 * can connect, that person is both. Otherwise metrics are available on a port of their own, {@code
 * management.server.port}, which is another servlet container. Checking addresses would not do: behind a proxy on this
 * machine, everybody comes from 127.0.0.1.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
class ActuatorGate extends OncePerRequestFilter {

    private static final String BASE = "/actuator";
    private static final String HEALTH = BASE + "/health";

    private final ServerExposure exposure;

    ActuatorGate(ServerExposure exposure) {
        this.exposure = exposure;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // As Tomcat maps it: decoded, without path parameters and "..".
        String path = request.getServletPath();
        if (path.startsWith(BASE) && !path.equals(HEALTH) && !exposure.isForOnePerson()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        chain.doFilter(request, response);
    }
}
