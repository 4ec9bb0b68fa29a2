package dev.nslab.progress;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LocalizedText;
import dev.nslab.lesson.Step;
import dev.nslab.progress.Progress.Choice;
import dev.nslab.progress.Progress.Prediction;
import dev.nslab.progress.ProgressView.CheckView;
import dev.nslab.progress.ProgressView.PredictionView;
import dev.nslab.progress.ProgressView.QuizView;
import dev.nslab.progress.ProgressView.StepView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes an attempt for the page. */
final class ProgressWriter {

    private final Attempt attempt;
    private final Hints hints;
    private final Lesson lesson;
    private final Progress progress;
    private final @Nullable String current;
    private final @Nullable ExpressionInput facts;

    ProgressWriter(Attempt attempt, Hints hints) {
        this.attempt = attempt;
        this.hints = hints;
        lesson = attempt.lesson();
        progress = attempt.progress();
        current = attempt.current().map(Step::id).orElse(null);
        facts = attempt.facts();
    }

    ProgressView view() {
        boolean isKnown =
                progress.place() != null && lesson.step(progress.place()).isPresent();
        String place = current == null ? lesson.steps().getLast().id() : current;
        return new ProgressView(
                lesson.id(),
                isKnown ? progress.place() : place,
                current,
                lesson.steps().stream().map(this::step).toList(),
                predictions(),
                quizzes(),
                values(),
                null,
                null,
                attempt.isKept(),
                false);
    }

    private StepView step(Step step) {
        List<CheckView> checks = step.checks().stream()
                .map(lesson::check)
                .map(check -> check(check, step.id().equals(current)))
                .toList();
        return new StepView(step.id(), progress.passed().contains(step.id()), checks);
    }

    private CheckView check(Check check, boolean isCurrent) {
        boolean met = attempt.isMet(check);
        ExpressionInput told = isCurrent && !met ? facts : null;
        LocalizedText observed = told == null || check.observed() == null
                ? null
                : check.observed().fill(told).orElse(null);
        LocalizedText hint = told == null ? null : hints.of(check, Instant.now());
        return new CheckView(check.id(), met, attempt.findings().pids(check.id()), observed, hint);
    }

    private Map<String, PredictionView> predictions() {
        Map<String, PredictionView> views = new LinkedHashMap<>();
        for (Step step : lesson.steps()) {
            for (Step.Prediction question : step.predictions()) {
                Prediction given = progress.predictions().get(question.id());
                if (given != null) {
                    views.put(question.id(), view(question, given));
                }
            }
        }
        return views;
    }

    private static PredictionView view(Step.Prediction question, Prediction given) {
        Integer answer = question.choice(given.answer());
        Integer truth = question.choice(given.truth());
        boolean same = given.answer() != null
                && (given.answer().equalsIgnoreCase(given.truth()) || (answer != null && answer.equals(truth)));
        return new PredictionView(given.answer(), given.truth(), given.truth() == null ? null : same, answer, truth);
    }

    private Map<String, QuizView> quizzes() {
        Map<String, QuizView> views = new LinkedHashMap<>();
        for (Step step : lesson.steps()) {
            for (Step.Quiz quiz : step.quizzes()) {
                Choice choice = progress.quizzes().get(quiz.id());
                if (choice != null) {
                    views.put(
                            quiz.id(),
                            new QuizView(choice.answer(), choice.right(), choice.right() ? quiz.explanation() : null));
                }
            }
        }
        return views;
    }

    /** Values for the current step and those before it, one of which the learner may be looking at. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Step step : lesson.steps()) {
            for (Expression value : step.values()) {
                if (facts != null) {
                    value.text(facts)
                            .ifPresent(text -> values.put(value.source().text(), text));
                }
            }
            if (step.id().equals(current)) {
                break;
            }
        }
        return values;
    }
}
