package dev.nslab.progress;

import dev.nslab.lesson.LocalizedText;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a learner is in a lesson, as it is sent to the page. Sent as JSON without change.
 *
 * @param place the step that they look at
 * @param current the first step that has not passed; null when all have
 * @param values of the placeholders that can be told now, by what stands between their braces
 * @param playing the step up to which solutions are being played
 * @param problem why that failed
 * @param kept whether it can be saved at present, so that it outlives the server
 * @param leftOver whether the sandbox contained something from before when the lesson was begun, and nothing has been
 *     done since
 */
public record ProgressView(
        @Nullable String lesson,
        @Nullable String place,
        @Nullable String current,
        List<StepView> steps,
        Map<String, PredictionView> predictions,
        Map<String, QuizView> quizzes,
        Map<String, String> values,
        @Nullable String playing,
        @Nullable LocalizedText problem,
        boolean kept,
        boolean leftOver) {

    /** The progress in a sandbox in which no lesson is followed. */
    public static final ProgressView NONE =
            new ProgressView(null, null, null, List.of(), Map.of(), Map.of(), Map.of(), null, null, true, false);

    public record StepView(String id, boolean passed, List<CheckView> checks) {}

    /**
     * A check and what it found.
     *
     * @param matched PIDs in the sandbox's first PID namespace
     */
    public record CheckView(
            String id,
            boolean met,
            List<Long> matched,
            @Nullable LocalizedText observed,
            @Nullable LocalizedText hint) {}

    /**
     * A prediction, given or missed.
     *
     * @param answer null if the truth was seen before
     * @param truth null until it is known, and so is right
     * @param answerChoice index among the choices, as those may differ in words between languages; null if it is none
     */
    public record PredictionView(
            @Nullable String answer,
            @Nullable String truth,
            @Nullable Boolean right,
            @Nullable Integer answerChoice,
            @Nullable Integer truthChoice) {}

    /**
     * An answer.
     *
     * @param explanation HTML; only when the answer is right
     */
    public record QuizView(
            SortedSet<Integer> answer,
            boolean right,
            @Nullable LocalizedText explanation) {}

    public ProgressView with(@Nullable String nowPlaying, @Nullable LocalizedText nowProblem, boolean nowLeftOver) {
        return new ProgressView(
                lesson, place, current, steps, predictions, quizzes, values, nowPlaying, nowProblem, kept, nowLeftOver);
    }
}
