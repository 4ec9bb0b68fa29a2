package dev.nslab.lab.web;

import dev.nslab.lab.LabException;
import dev.nslab.lesson.LessonException;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.web.problem.ProblemType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns a failed request into a problem detail (RFC 9457) that says what can be done about it. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** Problems that are over as soon as any sandbox ends. */
    private static final Set<ProblemType> FULL = EnumSet.of(ProblemType.CAPACITY, ProblemType.SANDBOXES);

    /** After how long to try again, if nothing more precise is known. */
    private static final long RETRY_SECONDS = 30;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(SandboxException e) {
        return refused(ProblemTable.of(e.problem()), e, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(LabException e) {
        return refused(ProblemTable.of(e.reason()), e, e.waitSeconds());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(LessonException e) {
        return refused(ProblemTable.of(e.reason()), e, null);
    }

    private static ResponseEntity<ProblemDetail> refused(ProblemType type, Exception e, @Nullable Long waitSeconds) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(type.status());
        if (waitSeconds != null || FULL.contains(type)) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(waitSeconds == null ? RETRY_SECONDS : waitSeconds));
        }
        return answer.body(type.with(String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ProblemDetail invalid(IllegalArgumentException e) {
        return ProblemType.INVALID_REQUEST.with(String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail noTerminal(IOException e) {
        log.error("a terminal could not be opened", e);
        return ProblemType.START_FAILED.with(String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail unexpected(RuntimeException e) {
        log.error("a request failed", e);
        return ProblemType.INTERNAL.with("This is an error in the server; its log says more.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemType.INVALID_REQUEST.with(reason(e));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /** All errors of HTTP itself: 405, 406, 415 and so on. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest asked
                && asked.getResponse() != null
                && asked.getResponse().isCommitted()) {
            // The connection broke, so nobody can be told.
            return null;
        }
        if (body instanceof ProblemDetail problem
                && problem.getType() != null
                && problem.getType().toString().startsWith(ProblemType.PREFIX)) {
            return super.handleExceptionInternal(e, problem, headers, status, request);
        }
        String detail = body instanceof ProblemDetail problem ? problem.getDetail() : null;
        ProblemDetail problem =
                ProblemType.INVALID_REQUEST.with(detail == null ? "The request is not valid." : detail, status);
        return super.handleExceptionInternal(e, problem, headers, status, request);
    }

    private static String reason(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException json
                ? "The body is not the JSON that is asked for here: " + json.getOriginalMessage()
                : "The body could not be read.";
    }
}
