package dev.nslab.web.problem;

import dev.nslab.web.WireCode;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What can go wrong, as clients are told (RFC 9457). The names are part of the API; docs/OPERATING.md lists them. */
public enum ProblemType {
    CAPACITY(HttpStatus.SERVICE_UNAVAILABLE, "All sandboxes are taken"),
    BUSY(HttpStatus.CONFLICT, "Busy"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),
    FOREIGN_ORIGIN(HttpStatus.FORBIDDEN, "Foreign origin"),
    UNKNOWN_HOST(HttpStatus.MISDIRECTED_REQUEST, "Unknown host"),
    COMMAND_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "The command could not be started"),
    SANDBOXES(HttpStatus.TOO_MANY_REQUESTS, "Too many sandboxes"),
    RATE(HttpStatus.TOO_MANY_REQUESTS, "Too fast"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Too large"),
    UNKNOWN_SESSION(HttpStatus.UNAUTHORIZED, "Unknown session"),
    TERMINALS(HttpStatus.CONFLICT, "Too many terminals"),
    START_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "The sandbox could not be started"),
    ENDED(HttpStatus.GONE, "The sandbox has ended"),
    ANSWERED(HttpStatus.CONFLICT, "Already answered"),
    UNFINISHED(HttpStatus.CONFLICT, "Not done yet"),
    TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "No answer in time"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong");

    public static final String PREFIX = "urn:nslab:problem:";

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public ProblemDetail with(String detail) {
        return with(detail, status);
    }

    /** For errors of HTTP itself, which have a status of their own: 405, 415. */
    public ProblemDetail with(String detail, HttpStatusCode otherStatus) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(otherStatus, detail);
        problem.setType(URI.create(PREFIX + WireCode.of(this)));
        problem.setTitle(title);
        return problem;
    }
}
