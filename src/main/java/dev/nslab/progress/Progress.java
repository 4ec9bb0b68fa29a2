package dev.nslab.progress;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner has come in a lesson, which outlasts the sandbox.
 *
 * @param place the step that they look at; null for the current one
 * @param passed ids of steps
 * @param met ids of checks that stay met
 * @param predictions by id, those that were answered or whose truth showed before an answer
 * @param quizzes by id
 */
public record Progress(
        @Nullable String place,
        Set<String> passed,
        Set<String> met,
        Map<String, Prediction> predictions,
        Map<String, Choice> quizzes) {

    static final Progress NONE = new Progress(null, Set.of(), Set.of(), Map.of(), Map.of());

    /**
     * What a learner expects and what is true.
     *
     * @param answer null if none was given before the truth was seen
     * @param truth null until it is known
     */
    public record Prediction(
            @Nullable String answer, @Nullable String truth) {
        private Prediction and(Prediction later) {
            return truth == null ? new Prediction(answer, later.truth) : this;
        }
    }

    /**
     * An answer to a quiz.
     *
     * @param answer indices
     */
    record Choice(SortedSet<Integer> answer, boolean right) {}

    Progress at(@Nullable String step) {
        return new Progress(step, passed, met, predictions, quizzes);
    }

    Progress withPassed(String step) {
        return new Progress(place, and(passed, step), met, predictions, quizzes);
    }

    Progress withMet(String check) {
        return new Progress(place, passed, and(met, check), predictions, quizzes);
    }

    Progress with(String id, Prediction prediction) {
        return new Progress(place, passed, met, and(predictions, id, prediction), quizzes);
    }

    Progress with(String id, Choice choice) {
        return new Progress(place, passed, met, predictions, and(quizzes, id, choice));
    }

    /** Combines it with later progress. What was answered or seen first counts. */
    Progress and(Progress later) {
        Set<String> allPassed = new LinkedHashSet<>(passed);
        allPassed.addAll(later.passed);
        Set<String> allMet = new LinkedHashSet<>(met);
        allMet.addAll(later.met);
        Map<String, Prediction> allPredictions = new LinkedHashMap<>(predictions);
        later.predictions.forEach((id, given) -> allPredictions.merge(id, given, Prediction::and));
        Map<String, Choice> allQuizzes = new LinkedHashMap<>(quizzes);
        later.quizzes.forEach((id, given) -> allQuizzes.merge(id, given, (first, next) -> first.right ? first : next));
        return new Progress(later.place == null ? place : later.place, allPassed, allMet, allPredictions, allQuizzes);
    }

    private static Set<String> and(Set<String> set, String more) {
        Set<String> all = new LinkedHashSet<>(set);
        all.add(more);
        return all;
    }

    private static <V> Map<String, V> and(Map<String, V> map, String key, V value) {
        Map<String, V> all = new LinkedHashMap<>(map);
        all.put(key, value);
        return all;
    }
}
