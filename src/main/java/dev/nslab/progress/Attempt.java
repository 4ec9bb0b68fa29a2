package dev.nslab.progress;

import dev.nslab.lesson.Action;
import dev.nslab.lesson.Check;
import dev.nslab.lesson.Event;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.Step;
import dev.nslab.namespace.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A learner's way through a lesson in one sandbox. It is told what the kernel shows and what the learner answers, and passes the
 * steps of which all is so. For any number of threads: all that it is made of is used under its lock.
 */
public final class Attempt {

    private final Lesson lesson;
    private final Notebook notebook;
    private final BooleanSupplier kept;
    private final Findings findings = new Findings();
    private final Hints hints = new Hints();
    private final CheckEvaluation checks;
    private final Answers answers;
    private final StepPlayback playback;

    /** @param kept whether what is written into the notebook outlives the server, as things are now */
    public Attempt(Lesson lesson, Notebook notebook, BooleanSupplier kept) {
        this(lesson, notebook, kept, (_, _) -> {});
    }

    /** @param graded told of each prediction whose truth can be told now, and of what is so now */
    public Attempt(
            Lesson lesson,
            Notebook notebook,
            BooleanSupplier kept,
            BiConsumer<Step.Prediction, ExpressionInput> graded) {
        this.lesson = lesson;
        this.notebook = notebook;
        this.kept = kept;
        this.checks = new CheckEvaluation(lesson, notebook, findings);
        this.answers = new Answers(lesson, notebook, checks::isMet, graded);
        this.playback = new StepPlayback(lesson, findings);
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

    /** The outcome of an earlier call. It counts from the next evaluation on. */
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
        ExpressionInput facts = findings.facts();
        while (facts != null) {
            Optional<Step> current = current();
            checks.evaluate(
                    Stream.concat(current.stream(), playback.step().stream()).toList(), facts);
            answers.grade(facts);
            hints.evaluate(current.map(checks::unmet).orElse(Set.of()), facts, Instant.now());
            facts = current.isPresent() && passIfDone(current.get()) ? findings.facts() : null;
        }
    }

    private boolean passIfDone(Step step) {
        boolean done = !step.isReading() && checks.areAllMet(step) && answers.areRight(step);
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

    /** How long until a hint may be due for which there is reason now; empty if there is none. */
    public synchronized Optional<Duration> untilHint() {
        return hints.untilDue(Instant.now());
    }

    /** Hints that show, by check. */
    public synchronized Map<String, Check.Hint> hints() {
        return hints.shown(Instant.now());
    }

    Optional<Step> current() {
        return lesson.current(progress().passed());
    }

    public Progress progress() {
        return notebook.progress();
    }

    boolean isKept() {
        return kept.getAsBoolean();
    }

    public synchronized @Nullable ExpressionInput facts() {
        return findings.facts();
    }

    Findings findings() {
        return findings;
    }

    boolean isMet(Check check) {
        return checks.isMet(check);
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
        answers.predict(id, answer);
        evaluate();
    }

    /** Takes an answer to a quiz; until it is right there may be others. */
    public synchronized void answer(String id, Collection<Integer> choices) {
        answers.choose(id, choices);
        // The last thing that a step waits for may be this one, and the sandbox not be seen yet.
        current().ifPresent(this::passIfDone);
        evaluate();
    }

    /** Its solutions are being played from now on, though the step may have passed long ago. Null: no more. */
    public synchronized void play(@Nullable String id) {
        playback.play(id == null ? null : step(id));
    }

    /** The check has been met in this sandbox. */
    public synchronized boolean hasHeld(String check) {
        return playback.hasHeld(check);
    }

    /** What is to be typed; empty as long as that cannot be told. */
    public synchronized Optional<String> text(Action.Type action) {
        return playback.text(action);
    }

    public synchronized boolean isReached(Action.Await await) {
        return playback.isReached(await);
    }

    /** Passes a step whose solutions were played: to read it and to answer its quizzes is left to them. */
    public synchronized void skip(String id) {
        pass(step(id));
        evaluate();
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
}
