package dev.nslab.lesson;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;

/**
 * Limits what one evaluation may cost: a learner can create many processes, and an author can nest loops. It counts
 * each evaluation of each part of the expression, which takes about 50 ns.
 */
final class Cost implements CelEvaluationListener {

    static final int MOST_STEPS = 1_000_000;

    /** The largest size of a text or list that an expression creates; those from the kernel are shorter. */
    static final int MOST_SIZE = 100_000;

    private int steps;

    @Override
    public void callback(CelExpr part, Object result) {
        steps++;
        if (steps > MOST_STEPS) {
            throw new IllegalStateException("it costs more than " + MOST_STEPS + " steps");
        }
        if (size(result) > MOST_SIZE) {
            throw new IllegalStateException("it makes a value of more than " + MOST_SIZE + " elements or characters");
        }
    }

    private static int size(Object result) {
        return switch (result) {
            case String text -> text.length();
            case Collection<?> list -> list.size();
            default -> 0;
        };
    }
}
