package dev.nslab.lab.web;

import dev.nslab.account.Callers;
import dev.nslab.lab.Admission;
import dev.nslab.lab.LabException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Counts requests that change something, before anything is done for them: a refusal must be cheap. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 35)
class ChangeLimit extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Admission admission;
    private final Callers callers;
    private final JsonMapper json;

    ChangeLimit(Admission admission, Callers callers, JsonMapper json) {
        this.admission = admission;
        this.callers = callers;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            admission.admitChange(callers.of(request));
        } catch (LabException e) {
            ProblemDetail problem = ProblemTable.of(e.reason()).with(String.valueOf(e.getMessage()));
            response.setStatus(problem.getStatus());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(e.waitSeconds()));
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            json.writeValue(response.getOutputStream(), problem);
            return;
        }
        chain.doFilter(request, response);
    }
}
