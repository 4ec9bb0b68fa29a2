package dev.nslab.lesson;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A part of a step in one language. Sent as JSON without change; it does not contain the right answers. Its HTML is
 * safe.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Prose.class, name = "prose"),
    @JsonSubTypes.Type(value = Block.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Block.Check.class, name = "check"),
    @JsonSubTypes.Type(value = Block.Predict.class, name = "predict"),
    @JsonSubTypes.Type(value = Block.Hint.class, name = "hint"),
    @JsonSubTypes.Type(value = Block.Quiz.class, name = "quiz")
})
public sealed interface Block {

    /** Text without a function. */
    record Prose(String html) implements Block {}

    /**
     * To be typed into a terminal by a click.
     *
     * @param terminal the first is 1
     * @param text lines, which may have {{placeholders}}; empty if only ^C is meant
     */
    record Run(int terminal, String text, boolean interrupt) implements Block {}

    /** Shows a check's state, with the author's text for it, if any. */
    record Check(String id, String html) implements Block {}

    /**
     * A question to be answered before it happens.
     *
     * @param choices plain text; none if the answer is free
     */
    record Predict(String id, String html, List<String> choices) implements Block {}

    /** Text that is folded until the learner opens it. */
    record Hint(String html) implements Block {}

    /**
     * A question about what was learned.
     *
     * @param choices HTML
     * @param several whether more than one of them is right
     */
    record Quiz(String id, String html, List<String> choices, boolean several) implements Block {}
}
