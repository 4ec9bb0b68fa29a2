package dev.nslab.lab;

/** Something that a caller may do in a lab. */
public enum Right {
    /**
     * See everything that the lab shows: its state, its processes and namespaces, the output of its terminals, and the
     * learner's progress.
     */
    WATCH,
    /** Open and close terminals, type into them, and set their size. */
    TYPE,
    /**
     * Take the learner's part in a lesson: choose it, answer its questions, pass steps, begin anew, and jump to a step,
     * for which the sandbox is reset and the solutions of earlier steps are played.
     */
    LEARN,
    /** Reset the sandbox, so that everything is as it was at the beginning. */
    RESET,
    /** Decide when the lab ends: now, or later than planned. */
    END
}
