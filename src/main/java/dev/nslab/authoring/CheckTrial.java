package dev.nslab.authoring;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Move;
import dev.nslab.lesson.Step;
import dev.nslab.progress.Attempt;
import dev.nslab.progress.Notebook;
import dev.nslab.progress.Progress.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A lesson as its author tries it out: an attempt that is not saved, and the faults of the lesson that it reveals. */
final class CheckTrial {

    private static final Set<String> STATE = Set.of("processes", "namespaces", "mounts");

    private final Lesson lesson;
    private final Attempt attempt;
    private final Map<String, ExpressionInput> graded = new ConcurrentHashMap<>();

    CheckTrial(Lesson lesson) {
        this.lesson = lesson;
        this.attempt = new Attempt(
                lesson,
                new Notebook(new Notebook.Key("author", lesson.id()), _ -> {}),
                () -> true,
                (question, facts) -> graded.put(question.id(), facts.copy()));
    }

    Attempt attempt() {
        return attempt;
    }

    /** A place in the lesson's files. */
    Fault blame(String check, String reason) {
        return blame(lesson.check(check).expression(), reason);
    }

    /** Faults that show when the step begins. */
    List<Fault> whenBegun(String step) {
        return predictions(step)
                .filter(question -> attempt.progress().predictions().containsKey(question.id()))
                .map(
                        question -> blame(
                                question.answer(),
                                "the answer to \"" + question.id()
                                        + "\" can be told when the step begins: nobody can predict it any more (is after= missing?)"))
                .toList();
    }

    /** Steps that would pass by what was tried, whatever the result. */
    List<Fault> whenRead() {
        return lesson.steps().stream()
                .filter(step -> !step.checks().isEmpty())
                .filter(step -> step.checks().stream().noneMatch(this::asksForState))
                .map(step -> blame(
                        step.checks().getFirst(),
                        "the step \"" + step.id()
                                + "\" passes by events alone, which tell that something was tried and not what is so:"
                                + " one of its checks must ask for processes, namespaces or mounts"))
                .toList();
    }

    private boolean asksForState(String check) {
        return lesson.check(check).expression().anatomy().names().stream().anyMatch(STATE::contains);
    }

    /** Predictions of the step that do not depend on the kernel, or whose answer is already decided. */
    List<Fault> whenAnswered(String step) {
        return predictions(step)
                .flatMap(question -> Stream.concat(
                        Stream.of(question.answer(), question.chinese())
                                .filter(answer -> isConstant(answer))
                                .map(
                                        answer -> blame(
                                                answer,
                                                "the answer to \"" + question.id()
                                                        + "\" is the same whatever happens: it must ask for something in the sandbox")),
                        isDecided(question)
                                ? Stream.of(
                                        blame(
                                                question.answer(),
                                                "the check \"" + question.after() + "\" has decided the answer to \""
                                                        + question.id()
                                                        + "\": as long as it is met there can be no other. Ask for what the check leaves open"))
                                : Stream.of()))
                .toList();
    }

    private static boolean isConstant(Expression answer) {
        return answer.checks().isEmpty()
                && answer.anatomy().names().stream().noneMatch(Expressions.VARIABLES::contains);
    }

    /**
     * An answer that is only read off, such as a PID, may be the same each time, because it is the kernel that says it.
     */
    private boolean isDecided(Step.Prediction question) {
        ExpressionInput facts = graded.get(question.id());
        return facts != null
                && question.after() != null
                && !isConstant(question.answer())
                && !question.answer().anatomy().isReading()
                && !new Otherwise(lesson, lesson.check(question.after()), question.answer(), facts).isPossible();
    }

    /** Faults that show when all of the step's checks are met. */
    List<Fault> whenMet(String step) {
        List<Fault> faults = new ArrayList<>();
        predictions(step).forEach(question -> {
            Prediction given = attempt.progress().predictions().get(question.id());
            if (given == null || given.truth() == null) {
                faults.add(blame(
                        question.answer(),
                        "the answer to \"" + question.id() + "\" cannot be told when the step is done"));
            } else if (!question.choices().isEmpty()) {
                addUnlessChosen(question, given.truth(), faults);
            }
        });
        ExpressionInput facts = attempt.facts();
        for (Expression value : required(step).values()) {
            if (facts == null || value.text(facts).isEmpty()) {
                faults.add(blame(value, "{{" + value + "}} cannot be told when the step is done"));
            }
        }
        return faults;
    }

    private void addUnlessChosen(Step.Prediction question, String truth, List<Fault> faults) {
        String answer = "the answer to \"" + question.id() + "\" is ";
        if (question.choice(truth) == null) {
            faults.add(blame(question.answer(), answer + truth + ", which is none of the choices"));
        }
        ExpressionInput now = attempt.facts();
        Integer english =
                now == null ? null : question.choice(question.answer().text(now).orElse(null));
        String chinese = now == null ? null : question.chinese().text(now).orElse(null);
        if (english != null && !english.equals(question.choice(chinese))) {
            faults.add(blame(question.chinese(), answer + chinese + ", which is not the choice that it is in English"));
        }
    }

    /** A fault for each hint that is shown although there was no mistake. */
    List<Fault> whenHinted(String when) {
        return attempt.hints().values().stream()
                .map(hint -> blame(hint.when(), "a hint shows " + when + ": " + english(hint)))
                .toList();
    }

    /** Faults that show when all is quiet after a wrong move. */
    List<Fault> whenRefused(Move move) {
        List<Fault> faults = new ArrayList<>();
        if (attempt.hasHeld(move.check())) {
            faults.add(move.fault("this wrong move passes the check \"" + move.check() + "\""));
        }
        Check.Hint shown = attempt.hints().get(move.check());
        if (move.hint() == null) {
            attempt.hints()
                    .values()
                    .forEach(hint -> faults.add(
                            move.fault("this wrong move names no hint, and there is one: " + english(hint))));
        } else if (shown == null) {
            faults.add(move.fault("the hint \"" + move.hint() + "\" does not show after this wrong move"));
        } else if (!move.hint().equals(shown.id())) {
            faults.add(move.fault(
                    "not the hint \"" + move.hint() + "\" shows after this wrong move, but: " + english(shown)));
        }
        return faults;
    }

    private static String english(Check.Hint hint) {
        return hint.text().english().toString();
    }

    /** Finishes the step: reads it, and answers its quizzes correctly. */
    void finish(String step) {
        required(step).quizzes().forEach(quiz -> attempt.answer(quiz.id(), quiz.right()));
        if (required(step).isReading()) {
            attempt.complete(step);
        }
    }

    private static Fault blame(Expression expression, String reason) {
        return new Fault(expression.source().file(), expression.source().line(), reason);
    }

    private Stream<Step.Prediction> predictions(String step) {
        return required(step).predictions().stream();
    }

    private Step required(String step) {
        return lesson.step(step).orElseThrow();
    }
}
