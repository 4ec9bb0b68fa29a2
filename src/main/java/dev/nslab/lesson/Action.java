package dev.nslab.lesson;

/** Something that a learner would do to solve a check. Terminals are counted from 1. */
public sealed interface Action {

    /** Types a line, with Enter, as soon as {@link Attempt#text} can tell what. */
    record Type(int terminal, Template text) implements Action {}

    /** ^C. */
    record Interrupt(int terminal) implements Action {}

    /** Watches until {@link Attempt#isReached}. */
    record Await(Expression until) implements Action {}
}
