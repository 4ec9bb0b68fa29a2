package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.SandboxRights;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;

/** What {@code ./lab lessons} does, in real sandboxes. */
@Tag("sandbox")
class BuiltInLessonsTests {

    private static final SandboxLimits LIMITS = new Binder(List.of()).bindOrCreate("nslab.limits", SandboxLimits.class);

    @TempDir
    Path folder;

    private record Run(int status, String output) {}

    @Test
    void allBuiltInLessonsPass() throws Exception {
        Run run = run("check");
        assertThat(run.output()).doesNotContain("FAILED").contains("pid", "0 failed");
        assertThat(run.status()).isZero();
    }

    /** Whatever is not said to require it can be followed without. */
    @Test
    void allThatDoNotRequireRightsOverNetworksPassWithout() throws Exception {
        Run run = run(false, "check");
        assertThat(run.output())
                .doesNotContain("FAILED")
                .contains("  not playable here: it requires network-admin, and nslab.network-admin is false")
                .contains("11 passed, 0 failed, 4 not playable here");
        assertThat(run.status()).isZero();
    }

    @Test
    void aNewLessonPasses() throws Exception {
        Path lesson = folder.resolve("my-lesson");
        assertThat(run("new", lesson.toString()).status()).isZero();
        Run again = run("new", lesson.toString());
        assertThat(again.status()).isOne();
        assertThat(again.output()).contains("already");
        assertThat(run("check", folder.toString())).matches(run -> run.status() == 0);
        assertThat(run("new", folder.resolve("Not an id").toString()).status()).isOne();
    }

    @Test
    void aCheckThatIsMetTooEarlyIsNamed() throws Exception {
        change("p.namespaces.uts != root.uts && ", "");
        assertThat(failure()).contains("lesson.yaml:8: the check \"own\" is met before its solution is played");
    }

    @Test
    void aSolutionThatDoesNotSolveIsNamed() throws Exception {
        change("solve: [\"unshare -u bash\"]", "solve: [{await: \"size(processes) > 1000\"}]");
        assertThat(failure()).contains("lesson.yaml:8: The check \"own\": after", "size(processes) > 1000");
    }

    @Test
    void aPredictionThatIsNoChoiceIsNamed() throws Exception {
        Path english = lesson().resolve("en.md");
        Files.writeString(english, Files.readString(english).replace("- yes\n", "- yea\n"));
        assertThat(failure()).contains("en.md:", "the answer to \"same\" is yes, which is none of the choices");
    }

    @Test
    void whatIsNoLessonIsNamed() throws Exception {
        assertThat(run("check", folder.toString()).output()).contains("There is no lesson");
        assertThat(run("check", folder.resolve("nothing").toString()).output()).contains("is no folder");
    }

    private Path lesson() throws Exception {
        Path lesson = folder.resolve("my-lesson");
        if (!Files.exists(lesson)) {
            run("new", lesson.toString());
        }
        return lesson;
    }

    private void change(String... replacements) throws Exception {
        Path definition = lesson().resolve("lesson.yaml");
        String text = Files.readString(definition);
        for (int index = 0; index < replacements.length; index += 2) {
            assertThat(text).contains(replacements[index]);
            text = text.replace(replacements[index], replacements[index + 1]);
        }
        Files.writeString(definition, text);
    }

    private String failure() throws Exception {
        Run run = run("check", lesson().toString());
        assertThat(run.status()).isOne();
        return run.output();
    }

    private static Run run(String... arguments) throws Exception {
        return run(true, arguments);
    }

    private static Run run(boolean networkAdmin, String... arguments) throws Exception {
        SandboxRights rights = new SandboxRights(networkAdmin, true);
        var output = new ByteArrayOutputStream();
        int status = LessonsCommand.run(
                List.of(arguments), LIMITS, rights, new PrintStream(output, true, StandardCharsets.UTF_8));
        return new Run(status, output.toString(StandardCharsets.UTF_8));
    }
}
