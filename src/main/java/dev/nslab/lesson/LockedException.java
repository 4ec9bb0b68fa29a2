package dev.nslab.lesson;

/** The prediction was given, or the truth seen, before. */
public final class LockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockedException(String prediction) {
        super("The prediction \"" + prediction + "\" was given already, or what is true has been seen.");
    }
}
