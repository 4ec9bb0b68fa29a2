package dev.nslab.lesson;

/** A step was to pass that passes by itself, or that comes later. */
public final class UnfinishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfinishedException(String step) {
        super("The step \"" + step + "\" passes by itself when what it asks for is done, or comes later.");
    }
}
