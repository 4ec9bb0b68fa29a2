package dev.nslab.web.guard;

import dev.nslab.exposure.ServerExposure;
import dev.nslab.web.problem.ProblemType;
import dev.nslab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

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

    /** As RFC 6454 has them. Spring fails at any other text where it compares them for CORS, which it does by itself. */
    private static final Pattern ORIGIN =
            Pattern.compile("null|[A-Za-z][A-Za-z0-9+.-]*://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~-]+)(:\\d{1,5})?");

    private final ServerExposure exposure;
    private final ProblemWriter problems;

    Gate(ServerExposure exposure, ProblemWriter problems) {
        this.exposure = exposure;
        this.problems = problems;
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
        problems.write(problem, response);
    }

    /** Opened in a browser, not called by a program. */
    private static boolean isAskedForByPeople(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    private @Nullable ProblemDetail refusal(HttpServletRequest request) {
        if (!exposure.isServedAs(request.getServerName())) {
            return ProblemType.UNKNOWN_HOST.with("This server is not \"" + request.getServerName()
                    + "\". Use localhost, or set nslab.public-url to the address that browsers use.");
        }
        List<String> origins = Collections.list(request.getHeaders(HttpHeaders.ORIGIN));
        if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
                || (changesSomething(request) && origins.stream().anyMatch(origin -> isForeign(origin, request)))) {
            return ProblemType.FOREIGN_ORIGIN.with(
                    "Pages of " + String.join(", ", origins)
                            + " may not act on this server. If that is the address that browsers use, set nslab.public-url to it.");
        }
        return null;
    }

    /** A WebSocket begins with a GET and can do everything. */
    private static boolean changesSomething(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) || request.getHeader(HttpHeaders.UPGRADE) != null;
    }

    private boolean isForeign(String origin, HttpServletRequest request) {
        return !origin.equalsIgnoreCase(ownOrigin(request))
                && !exposure.foreignOrigins().contains(origin);
    }

    /** As browsers write it (RFC 6454, 6.2). */
    private static String ownOrigin(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
