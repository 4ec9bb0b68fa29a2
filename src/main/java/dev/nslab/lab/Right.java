package dev.nslab.lab;

/** Something that a caller may do in a lab. */
public enum Right {
    /**
     * See everything that it shows: its state, its processes and namespaces, the output of its terminals, and the
     * learner's progress.
     */
    WATCH,
    /** Open and close terminals, type into them, and say how large they are. */
    TYPE,
    /**
     * Go the learner's way through a lesson: choose it, answer, pass steps, begin anew, and have the solutions before a step
     * played, for which the sandbox is reset.
     */
    LEARN,
    /** Reset the sandbox, so that everything is as it was at the beginning. */
    RESET,
    /** Decide when it ends: now, or later than planned. */
    END
}
