package dev.nslab.lesson;

/** What somebody asked of a lesson is refused. The message says why. */
public final class LessonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, for callers that act on it. */
    public enum Reason {
        /** There is no such lesson, step or question. */
        UNKNOWN,
        /** The prediction was given, or the truth seen, before. */
        ANSWERED,
        /** A step was to pass that passes by itself, or that comes later. */
        UNFINISHED
    }

    private final Reason reason;

    private LessonException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static LessonException unknown(String what, String id) {
        return new LessonException(Reason.UNKNOWN, "There is no " + what + " \"" + id + "\".");
    }

    public static LessonException answered(String prediction) {
        return new LessonException(
                Reason.ANSWERED,
                "The prediction \"" + prediction + "\" was given already, or what is true has been seen.");
    }

    public static LessonException unfinished(String step) {
        return new LessonException(
                Reason.UNFINISHED,
                "The step \"" + step + "\" passes by itself when what it asks for is done, or comes later.");
    }

    public Reason reason() {
        return reason;
    }
}
