package dev.nslab.lesson;

import dev.nslab.progress.Attempt;

/** Something that a learner would do to solve a check. Terminals are counted from 1. */
public sealed interface Action {

    /** Types a line and Enter, as soon as {@link Attempt#text} knows the line. */
    record Type(int terminal, Template text) implements Action {}

    /** ^C. */
    record Interrupt(int terminal) implements Action {}

    /** Waits until {@link Attempt#isReached}. */
    record Await(Expression until) implements Action {}
}
