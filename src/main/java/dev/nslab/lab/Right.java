package dev.nslab.lab;

/** Something that one may do in a lab. */
enum Right {
    /** See all that it shows: its state, its processes and namespaces, what its terminals print, how far its learner has come. */
    WATCH,
    /** Open and close terminals, type into them, and say how large they are. */
    TYPE,
    /**
     * Go the learner's way through a lesson: choose it, answer, pass steps, begin anew, and have the solutions before a step
     * played, for which the sandbox is reset.
     */
    LEARN,
    /** Reset the sandbox: everything as it was in the beginning. */
    RESET,
    /** Decide when it ends: now, or later than it would. */
    END
}
