package dev.nslab.progress;

import static dev.nslab.progress.PlainLesson.INNER_BASH;
import static dev.nslab.progress.PlainLesson.LESSON;
import static dev.nslab.progress.PlainLesson.check;
import static dev.nslab.progress.PlainLesson.snapshot;
import static dev.nslab.progress.PlainLesson.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.nslab.lesson.Action;
import dev.nslab.lesson.Event;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Expressions.Result;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Passage;
import dev.nslab.namespace.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StepPlaybackTests {

    private static final Action.Type KILL =
            (Action.Type) LESSON.solutions("leave").getFirst().actions().getFirst();

    private final Findings findings = new Findings();
    private final StepPlayback playback = new StepPlayback(LESSON, findings);

    private ExpressionInput see(Snapshot snapshot) {
        findings.seen(snapshot);
        return Objects.requireNonNull(findings.facts());
    }

    @Test
    void tellsWhatToTypeOnceItIsKnown() {
        assertThat(playback.text(KILL)).as("before the first look").isEmpty();
        see(snapshot(INNER_BASH));
        assertThat(playback.text(KILL))
                .as("before the check has found anything")
                .isEmpty();
        findings.evaluate(check("own"), see(snapshot(INNER_BASH)));
        assertThat(playback.text(KILL)).contains("kill -9 7");
    }

    @Test
    void tellsWhenToGoOn() {
        Expression inner = new Expressions()
                .compile(
                        new Passage("processes.exists(p, p.namespaces.uts != root.uts)", "lesson.yaml", 1),
                        List.of(),
                        Result.TRUTH,
                        new Faults());
        Action.Await await = new Action.Await(Objects.requireNonNull(inner));
        assertThat(playback.isReached(await)).isFalse();
        see(snapshot());
        assertThat(playback.isReached(await)).isFalse();
        see(snapshot(INNER_BASH));
        assertThat(playback.isReached(await)).isTrue();
    }

    @Test
    void whatWasMetInThisSandboxIsRemembered() {
        findings.evaluate(check("own"), see(snapshot(INNER_BASH)));
        findings.evaluate(check("own"), see(snapshot()));
        assertThat(playback.hasHeld("own")).isTrue();
        findings.forget();
        assertThat(playback.hasHeld("own")).as("in the next one").isFalse();
    }

    @Test
    void aStepBeginsWithWhatIsThere() {
        see(snapshot(INNER_BASH));
        findings.happened(
                Event.call(1, Instant.EPOCH, 7, 7, "bash", "unshare", List.of("CLONE_NEWUTS"), null, null, null, null));
        assertThat(playback.step()).isEmpty();
        playback.play(step("make"));
        assertThat(playback.step()).contains(step("make"));
        ExpressionInput facts = Objects.requireNonNull(findings.facts());
        assertThat(facts.values().get("events")).asInstanceOf(LIST).isEmpty();
        playback.play(null);
        assertThat(playback.step()).isEmpty();
    }
}
