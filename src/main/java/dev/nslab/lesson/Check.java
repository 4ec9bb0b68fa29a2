package dev.nslab.lesson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about the kernel's state.
 *
 * @param expression results in a list of processes, or in a truth value
 * @param needs checks that must have found something before
 * @param lasting if true, it stays met once it was met; otherwise it is met only while its condition holds, until its
 *     step has passed
 * @param observed text about what is the case while it is not met
 * @param solve what meets it
 * @param moves other ways to meet it, and what must not meet it
 */
public record Check(
        String id,
        Expression expression,
        boolean finds,
        List<String> needs,
        boolean lasting,
        @Nullable LocalizedTemplate observed,
        List<Hint> hints,
        List<Action> solve,
        List<Move> moves) {

    /**
     * A text for a learner who has made a typical mistake.
     *
     * @param id by which a wrong move names it
     */
    public record Hint(@Nullable String id, Expression when, LocalizedTemplate text) {}
}
