package dev.nslab.lesson;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A part of a step in one language. Goes to JSON as it is; what is right is not in it. HTML is rendered safely. */
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

    /** Everything that does not act. */
    record Prose(String html) implements Block {}

    /**
     * To be typed into a terminal by a click.
     *
     * @param terminal the first is 1
     * @param text lines, which may have {{placeholders}}; empty if only ^C is meant
     */
    record Run(int terminal, String text, boolean interrupt) implements Block {}

    /** Where a check's state is shown, with words for it if the author has some. */
    record Check(String id, String html) implements Block {}

    /**
     * To be answered before it happens.
     *
     * @param choices plain text; none if the answer is free
     */
    record Predict(String id, String html, List<String> choices) implements Block {}

    /** Folded until it is asked for. */
    record Hint(String html) implements Block {}

    /**
     * A question about what was learned.
     *
     * @param choices HTML
     * @param several whether more than one of them is right
     */
    record Quiz(String id, String html, List<String> choices, boolean several) implements Block {}
}
