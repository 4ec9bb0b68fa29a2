package dev.nslab.lesson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the kernel is asked about.
 *
 * @param expression results in a list of processes, or in a truth value
 * @param needs checks that must have found something before
 * @param lasting once met it stays met; else it is met only while it is so, until its step has passed
 * @param observed what is so while it is not met
 * @param solve what meets it
 * @param moves what meets it as well, and what must not meet it
 */
record Check(
        String id,
        Expression expression,
        boolean finds,
        List<String> needs,
        boolean lasting,
        @Nullable WordsTemplate observed,
        List<Hint> hints,
        List<Action> solve,
        List<Move> moves) {

    /**
     * Words for one who has made a typical mistake.
     *
     * @param id by which a wrong move names it
     */
    record Hint(@Nullable String id, Expression when, WordsTemplate text) {}
}
