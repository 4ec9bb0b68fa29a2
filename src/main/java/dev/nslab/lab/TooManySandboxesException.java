package dev.nslab.lab;

/** The learner has as many sandboxes as they may have. */
final class TooManySandboxesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManySandboxesException(int most) {
        super(
                ("You have %d sandboxes, which is all that you may have. Go on in a browser that has one; those that nobody"
                                + " looks at end after a while.")
                        .formatted(most));
    }
}
