package dev.nslab.lab;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody asked of labs is refused. The message says why, and what they can do. */
final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, for callers that act on it. */
    enum Reason {
        /** There is no such thing, or it is somebody else's: the asker cannot tell one from the other. */
        NOT_FOUND,
        /** The request had a session cookie that this server did not give. */
        UNKNOWN_LEARNER,
        /** The learner has as many sandboxes as they may have. */
        TOO_MANY_SANDBOXES,
        /** The sandbox has as many terminals as it may have. */
        TOO_MANY_TERMINALS,
        /** More was asked for in a short time than is done in one. */
        TOO_FAST
    }

    private final Reason reason;
    private final @Nullable Duration wait;

    private LabException(Reason reason, String message, @Nullable Duration wait) {
        super(message);
        this.reason = reason;
        this.wait = wait;
    }

    static LabException notFound(String what) {
        return new LabException(Reason.NOT_FOUND, "There is no such " + what + ", or it is not yours.", null);
    }

    static LabException unknownLearner() {
        return new LabException(
                Reason.UNKNOWN_LEARNER,
                "The session cookie of this request is none that this server gave. Ask again without it.",
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

    /** @param wait after which the next is done */
    static LabException tooFast(String refusal, Duration wait) {
        return new LabException(Reason.TOO_FAST, refusal + " Try again in " + inSeconds(wait) + " s.", wait);
    }

    Reason reason() {
        return reason;
    }

    /** Whole seconds after which the same is done, rounded up: who comes earlier is refused again. Null where nobody knows. */
    @Nullable
    Long waitSeconds() {
        return wait == null ? null : inSeconds(wait);
    }

    private static long inSeconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
