package dev.nslab.lab;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request to the labs is refused. The message says why, and what the caller can do. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason, for code that acts on it. */
    public enum Reason {
        /** What was asked for does not exist, or belongs to somebody else. The caller cannot tell which. */
        NOT_FOUND,
        /** The request had a session cookie that this server did not issue. */
        UNKNOWN_LEARNER,
        /** The learner has as many sandboxes as are allowed. */
        TOO_MANY_SANDBOXES,
        /** The sandbox has as many terminals as are allowed. */
        TOO_MANY_TERMINALS,
        /** There were more requests in a short time than are allowed. */
        TOO_FAST
    }

    private final Reason reason;
    private final @Nullable Duration wait;

    private LabException(Reason reason, String message, @Nullable Duration wait) {
        super(message);
        this.reason = reason;
        this.wait = wait;
    }

    public static LabException notFound(String what) {
        return new LabException(Reason.NOT_FOUND, "There is no such " + what + ", or it is not yours.", null);
    }

    static LabException unknownLearner() {
        return new LabException(
                Reason.UNKNOWN_LEARNER,
                "The session cookie of this request was not issued by this server. Send the request again without it.",
                null);
    }

    static LabException tooManySandboxes(int most) {
        return new LabException(
                Reason.TOO_MANY_SANDBOXES,
                ("You have %d sandboxes, which is all that you may have. Go on in a browser that has one; those that nobody"
                                + " looks at end after a while.")
                        .formatted(most),
                null);
    }

    static LabException tooManyTerminals(int most) {
        return new LabException(
                Reason.TOO_MANY_TERMINALS,
                "This sandbox has %d terminals, which is all that it may have. Close one first.".formatted(most),
                null);
    }

    /** @param wait time after which the next request is accepted */
    static LabException tooFast(String refusal, Duration wait) {
        return new LabException(Reason.TOO_FAST, refusal + " Try again in " + inSeconds(wait) + " s.", wait);
    }

    public Reason reason() {
        return reason;
    }

    /**
     * Whole seconds after which the same request is accepted. Rounded up, because a request that comes too early would
     * be refused again. Null if the time is not known.
     */
    @Nullable
    public Long waitSeconds() {
        return wait == null ? null : inSeconds(wait);
    }

    private static long inSeconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
