package dev.nslab.sandbox;

/** A request to a sandbox failed. The message says what was tried, why it failed and what can be done. */
public final class SandboxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** What kind of failure it is, for callers that act on it. */
    public enum Problem {
        /** No room for another sandbox now. */
        CAPACITY,
        /** Another reset is under way. */
        BUSY,
        /** The sandbox has ended. */
        ENDED,
        /** This machine does not let the server make sandboxes. */
        START_FAILED,
        /** The program could not be run. */
        COMMAND_FAILED,
        /** The sandbox does not answer. */
        TIMEOUT
    }

    public SandboxException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** The same failure, for throwing in another thread. */
    SandboxException again() {
        SandboxException copy = new SandboxException(problem, String.valueOf(getMessage()));
        copy.initCause(this);
        return copy;
    }

    public Problem problem() {
        return problem;
    }
}
