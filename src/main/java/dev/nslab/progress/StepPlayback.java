package dev.nslab.progress;

import dev.nslab.lesson.Action;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one has to know about the sandbox to play a lesson's solutions: what to type, when to go on, and whether a check
 * was met.
 */
final class StepPlayback {

    private final Lesson lesson;
    private final Findings findings;
    private @Nullable Step step;

    StepPlayback(Lesson lesson, Findings findings) {
        this.lesson = lesson;
        this.findings = findings;
    }

    /** The solutions of that step are being played from now on; null: no more. */
    void play(@Nullable Step next) {
        step = next;
        findings.begin();
    }

    /** The step whose solutions are being played. Its checks are evaluated, though it may have been passed long ago. */
    Optional<Step> step() {
        return Optional.ofNullable(step);
    }

    /** What is to be typed; empty as long as that cannot be told. */
    Optional<String> text(Action.Type action) {
        return Optional.ofNullable(findings.facts())
                .flatMap(facts -> action.text().fill(facts));
    }

    boolean isReached(Action.Await await) {
        return Optional.ofNullable(findings.facts())
                .filter(await.until()::isTrue)
                .isPresent();
    }

    /** The check has been met in this sandbox. */
    boolean hasHeld(String check) {
        return findings.hasHeld(lesson.check(check));
    }
}
