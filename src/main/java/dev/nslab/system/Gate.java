package dev.nslab.system;

import dev.nslab.account.Access;
import dev.nslab.lab.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns away what other web sites make a browser ask of this server.
 *
 * <ul>
 *   <li>A page whose name was made to point to this machine (DNS rebinding) is told by the Host that it asks for.
 *   <li>A page elsewhere that sends a form or opens a WebSocket is told by its Origin.
 * </ul>
 *
 * Programs that are no browsers send no Origin and pass.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class Gate extends OncePerRequestFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Access access;
    private final JsonMapper json;

    Gate(Access access, JsonMapper json) {
        this.access = access;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemDetail problem = refusal(request);
        if (problem == null) {
            chain.doFilter(request, response);
            return;
        }
        if (isAskedForByPeople(request)) {
            response.sendError(problem.getStatus());
            return;
        }
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    /** Opened in a browser, not called by a program. */
    private static boolean isAskedForByPeople(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    private @Nullable ProblemDetail refusal(HttpServletRequest request) {
        if (!access.isServedAs(request.getServerName())) {
            return ProblemType.UNKNOWN_HOST.with("This server is not \"" + request.getServerName()
                    + "\". Use localhost, or set nslab.public-url to the address that browsers use.");
        }
        if (changesSomething(request) && isForeign(request)) {
            return ProblemType.FOREIGN_ORIGIN.with(
                    "Pages of " + request.getHeader(HttpHeaders.ORIGIN)
                            + " may not act on this server. If that is the address that browsers use, set nslab.public-url to it.");
        }
        return null;
    }

    /** A WebSocket begins with a GET and can do everything. */
    private static boolean changesSomething(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) || request.getHeader(HttpHeaders.UPGRADE) != null;
    }

    private boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null
                && !access.foreignOrigins().contains(origin)
                && !WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
    }
}
