package dev.nslab.progress;

import static dev.nslab.progress.PlainLesson.INNER_BASH;
import static dev.nslab.progress.PlainLesson.LESSON;
import static dev.nslab.progress.PlainLesson.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.lesson.Event;
import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.Step;
import dev.nslab.progress.ProgressView.CheckView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A learner's way through a lesson, with snapshots that are written by hand. */
class AttemptTests {

    private final Notebook notebook = PlainLesson.notebook();
    private final Attempt attempt = new Attempt(LESSON, notebook, () -> true);

    private String current() {
        return attempt.current().map(Step::id).orElse("none");
    }

    private void reach(String step) {
        LESSON.stepIds().stream()
                .takeWhile(id -> !id.equals(step))
                .forEach(id -> notebook.update(progress -> progress.withPassed(id)));
    }

    @Test
    void fromTheFirstStepToTheLast() {
        attempt.seen(snapshot());
        assertThat(attempt.isBeginning()).isTrue();
        assertThat(current()).isEqualTo("read");
        attempt.complete("read");
        assertThat(current()).isEqualTo("make");
        attempt.seen(snapshot(INNER_BASH));
        assertThat(current()).as("its quiz is open").isEqualTo("make");
        attempt.answer("why", List.of(1));
        assertThat(current()).isEqualTo("rename");
        attempt.seen(snapshot("inner", INNER_BASH));
        assertThat(current()).isEqualTo("leave");
        attempt.seen(snapshot());
        assertThat(current()).isEqualTo("none");
        assertThat(notebook.progress().passed()).containsExactlyElementsOf(LESSON.stepIds());
    }

    @Test
    void aStepThatIsSoAlreadyPassesAtOnce() {
        reach("rename");
        attempt.seen(snapshot("inner", INNER_BASH));
        assertThat(current()).isEqualTo("leave");
    }

    @Test
    void onlyWhatIsReadIsCompletedByTheLearner() {
        assertThatThrownBy(() -> attempt.complete("make")).isInstanceOf(LessonException.class);
        attempt.complete("read");
        attempt.complete("read");
        assertThatThrownBy(() -> attempt.complete("make")).isInstanceOf(LessonException.class);
        assertThat(current()).isEqualTo("make");
    }

    @Test
    void theLastAnswerPassesAStepThoughTheSandboxIsNotSeenYet() {
        reach("make");
        notebook.update(progress -> progress.withMet("own"));
        attempt.answer("why", List.of(1));
        assertThat(current()).isEqualTo("rename");
    }

    @Test
    void anEventCountsWithTheLookThatFollowsIt() {
        reach("make");
        attempt.seen(snapshot());
        attempt.happened(
                Event.call(1, Instant.EPOCH, 2, 2, "bash", "unshare", List.of("CLONE_NEWIPC"), null, null, null, null));
        assertThat(attempt.untilHint()).isEmpty();
        attempt.evaluate();
        assertThat(attempt.untilHint())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ZERO, Hints.PATIENCE));
        assertThat(attempt.hints())
                .as("there must be reason for it for a while")
                .isEmpty();
    }

    @Test
    void aHintIsForgottenWithItsStepAndWithTheSandbox() {
        reach("make");
        attempt.seen(snapshot());
        attempt.happened(
                Event.call(1, Instant.EPOCH, 2, 2, "bash", "unshare", List.of("CLONE_NEWIPC"), null, null, null, null));
        attempt.evaluate();
        attempt.restarted();
        assertThat(attempt.untilHint()).isEmpty();
        attempt.seen(snapshot());
        assertThat(attempt.untilHint()).as("the event was of another life").isEmpty();
    }

    @Test
    void tellsThePageWhatWasFoundAndWhatIsSoInstead() {
        reach("make");
        attempt.seen(snapshot());
        assertThat(Objects.requireNonNull(own().observed()).english()).isEqualTo("2 processes, one UTS namespace.");
        attempt.seen(snapshot(INNER_BASH));
        assertThat(own()).isEqualTo(new CheckView("own", true, List.of(7L), null, null));
    }

    private CheckView own() {
        return attempt.view().steps().get(1).checks().getFirst();
    }

    @Test
    void aNewSandboxForgetsWhatWasFoundAndKeepsWhatWasMet() {
        reach("make");
        attempt.seen(snapshot(INNER_BASH));
        attempt.restarted();
        assertThat(attempt.facts()).isNull();
        assertThat(attempt.hasHeld("own")).isFalse();
        assertThat(own()).isEqualTo(new CheckView("own", true, List.of(), null, null));
    }

    @Test
    void whatIsPlayedIsAskedForThoughItHasPassed() {
        reach("rename");
        attempt.play("make");
        attempt.seen(snapshot(INNER_BASH));
        assertThat(attempt.hasHeld("own")).isTrue();
        attempt.skip("rename");
        assertThat(attempt.hasPassed("rename")).isTrue();
        assertThat(current()).isEqualTo("leave");
    }

    @Test
    void beginsAnew() {
        reach("leave");
        attempt.goTo("make");
        attempt.clear();
        assertThat(attempt.isBeginning()).isTrue();
        assertThat(current()).isEqualTo("read");
        assertThat(notebook.progress()).isEqualTo(Progress.NONE);
    }

    @Test
    void isTheSameInAnotherSandbox() {
        assertThat(attempt.isSameAs(new Attempt(LESSON, notebook, () -> true))).isTrue();
        assertThat(attempt.isSameAs(new Attempt(LESSON, PlainLesson.notebook(), () -> true)))
                .isFalse();
    }
}
