package dev.nslab.progress;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Step;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which checks are met: by what is so in the sandbox, by what the learner's notebook says was so, or as their step has passed. */
final class CheckEvaluation {

    private final Lesson lesson;
    private final Notebook notebook;
    private final Findings findings;

    /** @param findings where it is kept what the checks find in the sandbox */
    CheckEvaluation(Lesson lesson, Notebook notebook, Findings findings) {
        this.lesson = lesson;
        this.notebook = notebook;
        this.findings = findings;
    }

    /** Asks for all checks that these steps name, each after those that it needs; where one of these is missing, it is not asked. */
    void evaluate(Collection<Step> steps, ExpressionInput facts) {
        for (Check check : named(steps)) {
            if (needsAreMet(check)) {
                findings.evaluate(check, facts);
                latch(check);
            }
        }
    }

    private Set<Check> named(Collection<Step> steps) {
        Set<Check> checks = new LinkedHashSet<>();
        for (Step step : steps) {
            step.values().forEach(value -> addAll(value.checks(), checks));
            step.predictions().forEach(prediction -> addAll(prediction.answer().checks(), checks));
            addAll(step.checks(), checks);
        }
        return checks;
    }

    private void addAll(Collection<String> ids, Set<Check> checks) {
        for (String id : ids) {
            Check check = lesson.check(id);
            if (!checks.contains(check)) {
                addAll(check.needs(), checks);
                checks.add(check);
            }
        }
    }

    private boolean needsAreMet(Check check) {
        return check.needs().stream()
                .map(lesson::check)
                .allMatch(need -> need.finds() ? findings.hasMatch(need) : isMet(need));
    }

    private void latch(Check check) {
        if (check.lasting() && findings.holds(check)) {
            notebook.update(progress -> progress.withMet(check.id()));
        }
    }

    boolean isMet(Check check) {
        Progress progress = notebook.progress();
        return (check.lasting() ? progress.met().contains(check.id()) : findings.holds(check))
                || lesson.steps().stream()
                        .anyMatch(step -> step.checks().contains(check.id())
                                && progress.passed().contains(step.id()));
    }

    boolean areAllMet(Step step) {
        return unmet(step).isEmpty();
    }

    /** The step's own checks that are not met, in its order. */
    Set<Check> unmet(Step step) {
        Set<Check> unmet = new LinkedHashSet<>();
        step.checks().stream().map(lesson::check).filter(check -> !isMet(check)).forEach(unmet::add);
        return unmet;
    }
}
