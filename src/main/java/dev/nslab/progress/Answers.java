package dev.nslab.progress;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.Step;
import dev.nslab.progress.Progress.Choice;
import dev.nslab.progress.Progress.Prediction;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What a learner answers in a lesson: predictions, which the kernel grades, and quizzes, which the author has answered. */
final class Answers {

    /** The longest prediction. */
    private static final int MOST_CHARACTERS = 200;

    private final Lesson lesson;
    private final Notebook notebook;
    private final Predicate<Check> isMet;
    private final BiConsumer<Step.Prediction, ExpressionInput> graded;

    /**
     * @param isMet whether a check is met, after which a prediction is graded
     * @param graded told of each prediction that is graded, and of what is so then
     */
    Answers(
            Lesson lesson,
            Notebook notebook,
            Predicate<Check> isMet,
            BiConsumer<Step.Prediction, ExpressionInput> graded) {
        this.lesson = lesson;
        this.notebook = notebook;
        this.isMet = isMet;
        this.graded = graded;
    }

    /**
     * Takes down what they expect.
     *
     * @throws LessonException if they have said so before, or have seen it
     */
    void predict(String id, String answer) {
        boolean isKnown = lesson.steps().stream()
                .flatMap(step -> step.predictions().stream())
                .anyMatch(question -> question.id().equals(id));
        if (!isKnown) {
            throw LessonException.unknown("prediction", id);
        }
        if (notebook.progress().predictions().containsKey(id)) {
            throw LessonException.answered(id);
        }
        if (answer.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("An answer has at most " + MOST_CHARACTERS + " characters.");
        }
        notebook.update(progress -> progress.with(id, new Prediction(answer.strip(), null)));
    }

    /** Takes an answer to a quiz; until it is right there may be others. */
    void choose(String id, Collection<Integer> choices) {
        Step.Quiz quiz = lesson.steps().stream()
                .flatMap(step -> step.quizzes().stream())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> LessonException.unknown("quiz", id));
        if (choices.size() > quiz.choices()) {
            throw new IllegalArgumentException("This quiz has " + quiz.choices() + " choices only.");
        }
        if (!isRight(quiz)) {
            boolean right = Set.copyOf(choices).equals(quiz.right());
            notebook.update(progress -> progress.with(id, new Choice(new TreeSet<>(choices), right)));
        }
    }

    /** Whether all quizzes of the step are answered rightly. */
    boolean areRight(Step step) {
        return step.quizzes().stream().allMatch(this::isRight);
    }

    private boolean isRight(Step.Quiz quiz) {
        Choice choice = notebook.progress().quizzes().get(quiz.id());
        return choice != null && choice.right();
    }

    /** Grades the predictions of the current step and of those before it whose truth can be told now, given or not. */
    void grade(ExpressionInput facts) {
        String current =
                lesson.current(notebook.progress().passed()).map(Step::id).orElse("");
        for (Step step : lesson.steps()) {
            step.predictions().forEach(question -> grade(question, facts));
            if (step.id().equals(current)) {
                return;
            }
        }
    }

    private void grade(Step.Prediction question, ExpressionInput facts) {
        Prediction given = notebook.progress().predictions().get(question.id());
        boolean open = given == null || given.truth() == null;
        boolean due = question.after() == null || isMet.test(lesson.check(question.after()));
        if (open && due) {
            question.answer().text(facts).ifPresent(truth -> {
                String answer = given == null ? null : given.answer();
                notebook.update(progress -> progress.with(question.id(), new Prediction(answer, truth)));
                graded.accept(question, facts);
            });
        }
    }
}
