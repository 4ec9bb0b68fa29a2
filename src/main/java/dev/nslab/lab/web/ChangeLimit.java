package dev.nslab.lab.web;

import dev.nslab.account.Callers;
import dev.nslab.lab.Admission;
import dev.nslab.lab.LabException;
import dev.nslab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts requests that change something, before anything is done for them, because a refusal must be cheap. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 35)
class ChangeLimit extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Admission admission;
    private final Callers callers;
    private final ProblemWriter problems;

    ChangeLimit(Admission admission, Callers callers, ProblemWriter problems) {
        this.admission = admission;
        this.callers = callers;
        this.problems = problems;
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
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(e.waitSeconds()));
            problems.write(problem, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
