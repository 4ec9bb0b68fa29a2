package dev.nslab.lesson;

/** Something that a learner would do to solve a check. Terminals are counted from 1. */
public sealed interface Action {

    /** Types a line and Enter, as soon as all that the line speaks of is there. */
    record Type(int terminal, Template text) implements Action {}

    /** ^C. */
    record Interrupt(int terminal) implements Action {}

    /** Waits until it is so. */
    record Await(Expression until) implements Action {}
}
