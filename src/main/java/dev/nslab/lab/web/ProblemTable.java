package dev.nslab.lab.web;

import dev.nslab.lab.LabException;
import dev.nslab.lesson.LessonException;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.web.problem.ProblemType;

/** The problem type that clients get for each reason of a refusal. */
final class ProblemTable {

    private ProblemTable() {}

    static ProblemType of(SandboxException.Problem problem) {
        return switch (problem) {
            case CAPACITY -> ProblemType.CAPACITY;
            case BUSY -> ProblemType.BUSY;
            case ENDED -> ProblemType.ENDED;
            case START_FAILED -> ProblemType.START_FAILED;
            case COMMAND_FAILED -> ProblemType.COMMAND_FAILED;
            case TIMEOUT -> ProblemType.TIMEOUT;
        };
    }

    static ProblemType of(LabException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> ProblemType.NOT_FOUND;
            case UNKNOWN_LEARNER -> ProblemType.UNKNOWN_SESSION;
            case TOO_MANY_SANDBOXES -> ProblemType.SANDBOXES;
            case TOO_MANY_TERMINALS -> ProblemType.TERMINALS;
            case TOO_FAST -> ProblemType.RATE;
        };
    }

    static ProblemType of(LessonException.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> ProblemType.NOT_FOUND;
            case ANSWERED -> ProblemType.ANSWERED;
            case UNFINISHED -> ProblemType.UNFINISHED;
        };
    }
}
