package dev.nslab.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests that Tomcat has read only in part: it decodes parameters and languages when they are first asked for, and
 * throws where that fails. Later it would be a fault of the server, with a trace in its log, and once more in the error page.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 45)
class MalformedRequests extends OncePerRequestFilter {

    private final ProblemWriter problems;

    MalformedRequests(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isReadable(request)) {
            chain.doFilter(request, response);
            return;
        }
        ProblemDetail problem =
                ProblemType.INVALID_REQUEST.with("The request's parameters or languages cannot be read.");
        problems.write(problem, response);
    }

    private static boolean isReadable(HttpServletRequest request) {
        try {
            var _ = request.getParameterMap();
            var _ = request.getLocale();
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Their parameters are those of the request that failed. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
