package dev.nslab.progress;

import static dev.nslab.progress.PlainLesson.INNER_BASH;
import static dev.nslab.progress.PlainLesson.LESSON;
import static dev.nslab.progress.PlainLesson.check;
import static dev.nslab.progress.PlainLesson.snapshot;
import static dev.nslab.progress.PlainLesson.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.namespace.Snapshot;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CheckEvaluationTests {

    private final Notebook notebook = PlainLesson.notebook();
    private final Findings findings = new Findings();
    private final CheckEvaluation checks = new CheckEvaluation(LESSON, notebook, findings);

    private void see(Snapshot snapshot, String... steps) {
        findings.seen(snapshot);
        checks.evaluate(
                List.of(steps).stream().map(PlainLesson::step).toList(), Objects.requireNonNull(findings.facts()));
    }

    @Test
    void aCheckIsMetByWhatIsSo() {
        see(snapshot(), "make");
        assertThat(checks.isMet(check("own"))).isFalse();
        assertThat(checks.areAllMet(step("make"))).isFalse();
        see(snapshot(INNER_BASH), "make");
        assertThat(checks.isMet(check("own"))).isTrue();
        assertThat(checks.areAllMet(step("make"))).isTrue();
        assertThat(findings.pids("own")).containsExactly(7L);
    }

    @Test
    void onlyTheStepsThatAreNamedAreAsked() {
        see(snapshot(INNER_BASH), "read");
        assertThat(checks.isMet(check("own"))).isFalse();
        assertThat(findings.hasHeld(check("own"))).isFalse();
    }

    @Test
    void aLastingOneStaysMetAndIsInTheNotebook() {
        see(snapshot(INNER_BASH), "make");
        see(snapshot(), "make");
        assertThat(findings.holds(check("own"))).isFalse();
        assertThat(checks.isMet(check("own"))).isTrue();
        assertThat(notebook.progress().met()).containsExactly("own");
        assertThat(new CheckEvaluation(LESSON, notebook, new Findings()).isMet(check("own")))
                .as("in the next sandbox")
                .isTrue();
    }

    @Test
    void aLevelIsMetWhileItIsSo() {
        see(snapshot("inner", INNER_BASH), "rename");
        assertThat(checks.isMet(check("renamed"))).isTrue();
        see(snapshot("other", INNER_BASH), "rename");
        assertThat(checks.isMet(check("renamed"))).isFalse();
        assertThat(notebook.progress().met()).doesNotContain("renamed");
    }

    @Test
    void whatACheckNeedsIsAskedBeforeIt() {
        see(snapshot("inner", INNER_BASH), "rename");
        assertThat(findings.hasMatch(check("own"))).isTrue();
        assertThat(checks.isMet(check("renamed"))).isTrue();
    }

    @Test
    void aCheckIsNotAskedAsLongAsItsNeedIsMissing() {
        see(snapshot(), "leave");
        assertThat(checks.isMet(check("gone")))
                .as("nothing was there that could go")
                .isFalse();
        see(snapshot(INNER_BASH), "leave");
        assertThat(checks.isMet(check("gone"))).isFalse();
        see(snapshot(), "leave");
        assertThat(checks.isMet(check("gone"))).as("what was found is gone").isTrue();
    }

    @Test
    void allChecksOfAStepThatHasPassedAreMet() {
        notebook.update(progress -> progress.withPassed("rename"));
        see(snapshot(), "rename");
        assertThat(checks.isMet(check("renamed"))).isTrue();
        assertThat(checks.isMet(check("own"))).as("of another step").isFalse();
        assertThat(checks.areAllMet(step("rename"))).isTrue();
    }

    @Test
    void tellsWhichAreNotMet() {
        see(snapshot(INNER_BASH), "make", "rename");
        assertThat(checks.unmet(step("read"))).isEmpty();
        assertThat(checks.unmet(step("make"))).isEmpty();
        assertThat(checks.unmet(step("rename"))).containsExactly(check("renamed"));
    }
}
