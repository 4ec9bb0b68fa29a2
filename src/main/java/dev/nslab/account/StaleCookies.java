package dev.nslab.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has browsers forget session cookies that are none of this server's, so that their next request is somebody's again. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class StaleCookies extends OncePerRequestFilter {

    private final Callers callers;
    private final SessionCookies cookies;

    StaleCookies(Callers callers, SessionCookies cookies) {
        this.callers = callers;
        this.cookies = cookies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (callers.of(request) instanceof Stranger) {
            response.addHeader(HttpHeaders.SET_COOKIE, cookies.none().toString());
        }
        chain.doFilter(request, response);
    }
}
