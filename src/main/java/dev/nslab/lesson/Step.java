package dev.nslab.lesson;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a lesson that passes as a whole.
 *
 * @param checks their ids; all must be met
 * @param quizzes all must be answered correctly
 * @param values placeholders in what a click types
 */
public record Step(
        String id, List<String> checks, List<Prediction> predictions, List<Quiz> quizzes, List<Expression> values) {

    /**
     * A question that the kernel answers.
     *
     * @param after a check that must be met first
     * @param chinese the same expression for Chinese, where the choices have other words
     * @param choices empty if the answer is free
     */
    public record Prediction(
            String id, @Nullable String after, Expression answer, Expression chinese, List<LocalizedText> choices) {

        /** Index of the choice that has these words in some language; null if none has. */
        @Nullable
        public Integer choice(@Nullable String words) {
            for (int index = 0; index < choices.size(); index++) {
                LocalizedText choice = choices.get(index);
                if (choice.english().equals(words) || choice.chinese().equals(words)) {
                    return index;
                }
            }
            return null;
        }
    }

    /**
     * A question that the author has answered.
     *
     * @param right indices
     */
    public record Quiz(
            String id,
            int choices,
            Set<Integer> right,
            @Nullable LocalizedText explanation) {}

    /** Whether only the learner can tell when it is done. */
    public boolean isReading() {
        return checks.isEmpty() && quizzes.isEmpty();
    }
}
