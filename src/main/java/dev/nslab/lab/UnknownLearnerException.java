package dev.nslab.lab;

/** The request had a session cookie that this server did not give. */
final class UnknownLearnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownLearnerException() {
        super("The session cookie of this request is none that this server gave. Ask again without it.");
    }
}
