package dev.nslab.progress;

import static dev.nslab.progress.PlainLesson.INNER_BASH;
import static dev.nslab.progress.PlainLesson.LESSON;
import static dev.nslab.progress.PlainLesson.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.LessonException.Reason;
import dev.nslab.namespace.Snapshot;
import dev.nslab.progress.Progress.Choice;
import dev.nslab.progress.Progress.Prediction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AnswersTests {

    private final Notebook notebook = PlainLesson.notebook();
    private final Set<String> met = new HashSet<>();
    private final List<String> graded = new ArrayList<>();
    private final Answers answers = new Answers(
            LESSON, notebook, check -> met.contains(check.id()), (question, facts) -> graded.add(question.id()));

    private void grade(Snapshot snapshot) {
        ExpressionInput facts = PlainLesson.facts(snapshot);
        facts.add("own", PlainLesson.check("own").expression().find(facts));
        answers.grade(facts);
    }

    private Map<String, Prediction> predictions() {
        return notebook.progress().predictions();
    }

    private static void assertRefused(Reason why, ThrowingCallable what) {
        assertThatThrownBy(what)
                .asInstanceOf(type(LessonException.class))
                .extracting(LessonException::reason)
                .isEqualTo(why);
    }

    @Test
    void aPredictionIsGivenOnce() {
        answers.predict("depth", " 2 ");
        assertThat(predictions()).containsExactly(Map.entry("depth", new Prediction("2", null)));
        assertRefused(Reason.ANSWERED, () -> answers.predict("depth", "1"));
        assertRefused(Reason.UNKNOWN, () -> answers.predict("why", "1"));
        assertThat(predictions().get("depth")).isEqualTo(new Prediction("2", null));
    }

    @Test
    void aPredictionHasAFewWords() {
        assertThatThrownBy(() -> answers.predict("depth", "x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200");
        assertThat(predictions()).isEmpty();
        answers.predict("depth", "x".repeat(200));
        assertThat(predictions()).containsKey("depth");
    }

    @Test
    void theKernelGradesAPredictionOnceItsCheckIsMet() {
        notebook.update(progress -> progress.withPassed("read"));
        answers.predict("depth", "2");
        grade(PlainLesson.snapshot(INNER_BASH));
        assertThat(predictions().get("depth")).isEqualTo(new Prediction("2", null));
        met.add("own");
        grade(PlainLesson.snapshot());
        assertThat(predictions().get("depth")).as("nothing can be told").isEqualTo(new Prediction("2", null));
        grade(PlainLesson.snapshot(INNER_BASH));
        grade(PlainLesson.snapshot(INNER_BASH));
        assertThat(predictions().get("depth")).isEqualTo(new Prediction("2", "1"));
        assertThat(graded).containsExactly("depth");
    }

    @Test
    void whatTheyHaveSeenTheyDoNotPredict() {
        notebook.update(progress -> progress.withPassed("read"));
        met.add("own");
        grade(PlainLesson.snapshot(INNER_BASH));
        assertThat(predictions().get("depth")).isEqualTo(new Prediction(null, "1"));
        assertRefused(Reason.ANSWERED, () -> answers.predict("depth", "1"));
    }

    @Test
    void predictionsOfLaterStepsAreNotGraded() {
        met.add("own");
        grade(PlainLesson.snapshot(INNER_BASH));
        assertThat(predictions()).isEmpty();
        assertThat(graded).isEmpty();
    }

    @Test
    void aQuizIsAnsweredUntilItIsRight() {
        assertThat(answers.areRight(step("make"))).isFalse();
        answers.choose("why", List.of(0));
        assertThat(choice()).isEqualTo(new Choice(new TreeSet<>(Set.of(0)), false));
        assertThat(answers.areRight(step("make"))).isFalse();
        answers.choose("why", List.of(1));
        assertThat(answers.areRight(step("make"))).isTrue();
        answers.choose("why", List.of(0));
        assertThat(choice()).isEqualTo(new Choice(new TreeSet<>(Set.of(1)), true));
    }

    @Test
    void halfRightIsWrong() {
        answers.choose("why", List.of(0, 1));
        assertThat(choice().right()).isFalse();
        answers.choose("why", List.of());
        assertThat(choice().right()).isFalse();
    }

    @Test
    void refusesWhatNoQuizAsks() {
        assertRefused(Reason.UNKNOWN, () -> answers.choose("depth", List.of(0)));
        assertThatThrownBy(() -> answers.choose("why", List.of(0, 1, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThat(notebook.progress().quizzes()).isEmpty();
    }

    @Test
    void aStepWithoutQuizzesWaitsForNone() {
        assertThat(answers.areRight(step("rename"))).isTrue();
    }

    private Choice choice() {
        return Objects.requireNonNull(notebook.progress().quizzes().get("why"));
    }
}
