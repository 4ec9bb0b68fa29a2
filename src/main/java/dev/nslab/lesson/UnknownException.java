package dev.nslab.lesson;

/** There is no such lesson, step or question. */
public final class UnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownException(String what, String id) {
        super("There is no " + what + " \"" + id + "\".");
    }
}
