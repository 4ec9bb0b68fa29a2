package dev.nslab.lesson;

import dev.nslab.lesson.Progress.Choice;
import dev.nslab.lesson.Progress.Prediction;
import dev.nslab.namespace.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A learner's way through a lesson in one sandbox. Is told what the kernel shows; finds out which checks are met, which steps
 * pass, and which predictions were right.
 */
public final class Attempt {

    /** Of an answer. */
    private static final int MOST_CHARACTERS = 200;

    private final Lesson lesson;
    private final Notebook notebook;
    private final BooleanSupplier kept;
    private final BiConsumer<Step.Prediction, Facts> graded;
    private final Findings findings = new Findings();
    private final Hints hints = new Hints();
    private @Nullable Step played;

    /** @param kept whether what is written into the notebook outlives the server, as things are now */
    Attempt(Lesson lesson, Notebook notebook, BooleanSupplier kept) {
        this(lesson, notebook, kept, (_, _) -> {});
    }

    /** @param graded told of each prediction whose truth can be told now, and of what is so now */
    Attempt(Lesson lesson, Notebook notebook, BooleanSupplier kept, BiConsumer<Step.Prediction, Facts> graded) {
        this.lesson = lesson;
        this.notebook = notebook;
        this.kept = kept;
        this.graded = graded;
    }

    public Lesson lesson() {
        return lesson;
    }

    /** A look at the sandbox. */
    public synchronized void seen(Snapshot snapshot) {
        findings.seen(snapshot);
        evaluate();
    }

    /** Counts from the next evaluation on: what comes of it is seen only later. */
    public synchronized void happened(Event event) {
        findings.happened(event);
    }

    /** What became of a call that happened before; counts from the next evaluation on. */
    public synchronized void became(
            long call, String outcome, @Nullable String point, @Nullable String fileSystem, @Nullable String source) {
        findings.became(call, event -> event.with(outcome, point, fileSystem, source));
    }

    /** The sandbox begins anew: nothing that was found is there any more. */
    public synchronized void restarted() {
        findings.forget();
        hints.clear();
    }

    /** Asks everything anew; a hint shows only when there was reason for it for some time. */
    public synchronized void evaluate() {
        Facts facts = findings.facts();
        while (facts != null) {
            Optional<Step> current = current();
            for (Check check : relevant(current)) {
                if (needsAreMet(check)) {
                    findings.evaluate(check, facts);
                    latch(check);
                }
            }
            grade(facts);
            hints.evaluate(current.map(this::open).orElse(Set.of()), facts, Instant.now());
            facts = current.isPresent() && passIfDone(current.get()) ? findings.facts() : null;
        }
    }

    /** How long until a hint may be due for which there is reason now; empty if there is none. */
    public synchronized Optional<Duration> untilHint() {
        return hints.untilDue(Instant.now());
    }

    /** Hints that show, by check. */
    synchronized Map<String, Check.Hint> hints() {
        return hints.shown(Instant.now());
    }

    Optional<Step> current() {
        Set<String> passed = progress().passed();
        return lesson.steps().stream()
                .filter(step -> !passed.contains(step.id()))
                .findFirst();
    }

    Progress progress() {
        return notebook.progress();
    }

    boolean isKept() {
        return kept.getAsBoolean();
    }

    synchronized @Nullable Facts facts() {
        return findings.facts();
    }

    Findings findings() {
        return findings;
    }

    /** Checks of the step, after those that they and its placeholders need. */
    private Set<Check> relevant(Optional<Step> current) {
        Set<Check> checks = new LinkedHashSet<>();
        current.ifPresent(step -> addAll(step, checks));
        if (played != null) {
            addAll(played, checks);
        }
        return checks;
    }

    private void addAll(Step step, Set<Check> checks) {
        step.values().forEach(value -> addAll(value.checks(), checks));
        step.predictions().forEach(prediction -> addAll(prediction.answer().checks(), checks));
        addAll(step.checks(), checks);
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

    private Set<Check> open(Step step) {
        Set<Check> open = new LinkedHashSet<>();
        step.checks().stream().map(lesson::check).filter(check -> !isMet(check)).forEach(open::add);
        return open;
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
        Progress progress = progress();
        return (check.lasting() ? progress.met().contains(check.id()) : findings.holds(check))
                || lesson.steps().stream()
                        .anyMatch(step -> step.checks().contains(check.id())
                                && progress.passed().contains(step.id()));
    }

    private boolean passIfDone(Step step) {
        boolean done = !step.isReading()
                && step.checks().stream().map(lesson::check).allMatch(this::isMet)
                && step.quizzes().stream().allMatch(this::isRight);
        if (done) {
            pass(step);
        }
        return done;
    }

    private void pass(Step step) {
        notebook.update(progress -> progress.withPassed(step.id()));
        findings.begin();
        hints.clear();
    }

    private boolean isRight(Step.Quiz quiz) {
        Choice choice = progress().quizzes().get(quiz.id());
        return choice != null && choice.right();
    }

    /** Of the current step and those before it. */
    private void grade(Facts facts) {
        String current = current().map(Step::id).orElse("");
        for (Step step : lesson.steps()) {
            step.predictions().forEach(prediction -> grade(prediction, facts));
            if (step.id().equals(current)) {
                return;
            }
        }
    }

    private void grade(Step.Prediction question, Facts facts) {
        Prediction given = progress().predictions().get(question.id());
        boolean open = given == null || given.truth() == null;
        boolean due = question.after() == null || isMet(lesson.check(question.after()));
        if (open && due) {
            question.answer().text(facts).ifPresent(truth -> {
                notebook.update(progress ->
                        progress.with(question.id(), new Prediction(given == null ? null : given.answer(), truth)));
                graded.accept(question, facts);
            });
        }
    }

    /**
     * Passes a step that nothing checks.
     *
     * @throws LessonException if something does, or another step comes first
     */
    public synchronized void complete(String id) {
        Step step = step(id);
        if (progress().passed().contains(id)) {
            return;
        }
        if (!step.isReading() || !current().equals(Optional.of(step))) {
            throw LessonException.unfinished(id);
        }
        pass(step);
        evaluate();
    }

    /**
     * Takes down what they expect.
     *
     * @throws LessonException if they have said so before, or have seen it
     */
    public synchronized void predict(String id, String answer) {
        require(
                lesson.steps().stream()
                        .flatMap(step -> step.predictions().stream())
                        .anyMatch(one -> one.id().equals(id)),
                "prediction",
                id);
        if (progress().predictions().containsKey(id)) {
            throw LessonException.answered(id);
        }
        if (answer.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("An answer has at most " + MOST_CHARACTERS + " characters.");
        }
        notebook.update(progress -> progress.with(id, new Prediction(answer.strip(), null)));
        evaluate();
    }

    /** Takes an answer to a quiz; until it is right there may be others. */
    public synchronized void answer(String id, Collection<Integer> answer) {
        Step.Quiz quiz = lesson.steps().stream()
                .flatMap(step -> step.quizzes().stream())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> LessonException.unknown("quiz", id));
        if (answer.size() > quiz.choices()) {
            throw new IllegalArgumentException("This quiz has " + quiz.choices() + " choices only.");
        }
        if (!isRight(quiz)) {
            notebook.update(progress -> progress.with(
                    id, new Choice(new TreeSet<>(answer), Set.copyOf(answer).equals(quiz.right()))));
        }
        current().ifPresent(this::passIfDone);
        evaluate();
    }

    /** Its solutions are being played from now on, though the step may have passed long ago. Null: no more. */
    public synchronized void play(@Nullable String id) {
        played = id == null ? null : step(id);
        findings.begin();
    }

    /** The check has been met in this sandbox. */
    public synchronized boolean hasHeld(String check) {
        return findings.hasHeld(lesson.check(check));
    }

    /** Nothing of the lesson is done yet. */
    public boolean isBeginning() {
        return progress().passed().isEmpty() && progress().met().isEmpty();
    }

    /** Whether both are one learner's at the same lesson as it is now. */
    public boolean isSameAs(Attempt other) {
        return lesson == other.lesson && notebook == other.notebook;
    }

    public boolean hasPassed(String step) {
        return progress().passed().contains(step);
    }

    /** What is to be typed; empty as long as that cannot be told. */
    public synchronized Optional<String> text(Action.Type action) {
        return Optional.ofNullable(findings.facts())
                .flatMap(facts -> action.text().fill(facts));
    }

    public synchronized boolean isReached(Action.Await await) {
        return Optional.ofNullable(findings.facts())
                .filter(await.until()::isTrue)
                .isPresent();
    }

    /** Passes a step whose solutions were played: to read it and to answer its quizzes is left to them. */
    public synchronized void skip(String id) {
        pass(step(id));
        evaluate();
    }

    /** Remembers which step they look at. */
    public synchronized void goTo(String id) {
        step(id);
        notebook.update(progress -> progress.at(id));
    }

    /** Begins the lesson anew. */
    public synchronized void clear() {
        notebook.clear();
        findings.begin();
        hints.clear();
        evaluate();
    }

    public ProgressView view() {
        synchronized (this) {
            return new ProgressWriter(this, hints).view();
        }
    }

    private Step step(String id) {
        return lesson.step(id).orElseThrow(() -> LessonException.unknown("step", id));
    }

    private static void require(boolean known, String what, String id) {
        if (!known) {
            throw LessonException.unknown(what, id);
        }
    }
}
