package dev.nslab.catalogue;

import dev.nslab.lesson.Block;
import dev.nslab.lesson.Passage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block as the author wrote it, including what is not sent to the page. */
sealed interface SourceBlock {

    Block block();

    /** The source, which may contain placeholders. */
    Passage where();

    /** Prose or hint. */
    record Told(Block block, Passage where) implements SourceBlock {}

    record Runs(Block.Run block, Passage where) implements SourceBlock {}

    record Checks(Block.Check block, Passage where) implements SourceBlock {}

    /**
     * A question to the kernel.
     *
     * @param after id of a check, which must be met before
     * @param answer CEL
     */
    record Predicts(
            Block.Predict block, Passage where, @Nullable String after, Passage answer) implements SourceBlock {}

    /**
     * A question to the learner.
     *
     * @param explanation HTML
     */
    record Asks(
            Block.Quiz block,
            Passage where,
            Set<Integer> right,
            @Nullable String explanation) implements SourceBlock {}
}
