package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.WaitingTest;
import dev.nslab.authoring.LessonsCommand;
import dev.nslab.limits.SandboxRights;
import dev.nslab.sandbox.TestLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Tests what {@code ./lab lessons} does, in real sandboxes. */
@Tag("sandbox")
class BuiltInLessonsTests {

    private static final String SOLVE = "solve: [\"unshare -u bash\"]";

    @TempDir
    Path folder;

    private record Run(int status, String output) {}

    @WaitingTest
    void allBuiltInLessonsPass() throws Exception {
        Run run = run("check");
        assertThat(run.output()).doesNotContain("FAILED").contains("pid", "0 failed");
        assertThat(run.status()).isZero();
    }

    /** A lesson that does not say that it requires network administration can be followed without it. */
    @WaitingTest
    void allThatDoNotRequireRightsOverNetworksPassWithout() throws Exception {
        Run run = run(false, "check", "--solutions");
        assertThat(run.output())
                .doesNotContain("FAILED")
                .contains("  not playable here: it requires network-admin, and nslab.network-admin is false")
                .contains("11 passed, 0 failed, 4 not playable here");
        assertThat(run.status()).isZero();
    }

    @WaitingTest
    void aNewLessonPasses() throws Exception {
        Path lesson = folder.resolve("my-lesson");
        assertThat(run("new", lesson.toString()).status()).isZero();
        Run again = run("new", lesson.toString());
        assertThat(again.status()).isOne();
        assertThat(again.output()).contains("already");
        assertThat(run("check", folder.toString())).matches(run -> run.status() == 0);
        assertThat(run("new", folder.resolve("Not an id").toString()).status()).isOne();
    }

    @WaitingTest
    void aCheckThatIsMetTooEarlyIsNamed() throws Exception {
        change("p.namespaces.uts != root.uts && ", "");
        assertThat(failure()).contains("lesson.yaml:8: the check \"own\" is met before its solution is played");
    }

    @WaitingTest
    void aSolutionThatDoesNotSolveIsNamed() throws Exception {
        change(SOLVE, "solve: [{await: \"size(processes) > 1000\"}]");
        assertThat(failure()).contains("lesson.yaml:8: The check \"own\": after", "size(processes) > 1000");
    }

    @WaitingTest
    void aPredictionThatIsNoChoiceIsNamed() throws Exception {
        Path english = lesson().resolve("en.md");
        Files.writeString(english, Files.readString(english).replace("- yes\n", "- yea\n"));
        assertThat(failure()).contains("en.md:", "the answer to \"same\" is yes, which is none of the choices");
    }

    @WaitingTest
    void aWrongMoveThatPassesIsNamed() throws Exception {
        change(SOLVE, SOLVE + "\n    wrong:\n      - play: [\"unshare -i -u bash\"]");
        assertThat(failure()).contains("lesson.yaml:19: this wrong move passes the check \"own\"");
    }

    @WaitingTest
    void wrongMovesAreRefusedWithTheHintThatTheyName() throws Exception {
        change("- when: events", "- id: other\n        when: events");
        change(SOLVE, SOLVE + """

                    also: [["unshare --uts /bin/bash"]]
                    wrong:
                      - {play: ["unshare -i bash"], hint: other}
                      - play: [ls]
                """);
        Run run = run("check", lesson().toString(), "--verbose");
        assertThat(run.output())
                .contains("refused: unshare -i bash", "refused: ls", "also: unshare --uts /bin/bash")
                .contains("2 wrong moves refused, 1 other way", "1 passed, 0 failed");
        change("{play: [\"unshare -i bash\"], hint: other}", "{play: [pwd], hint: other}");
        change("play: [ls]", "play: [\"unshare -i bash\"]");
        assertThat(failure())
                .contains("lesson.yaml:21: the hint \"other\" does not show after this wrong move")
                .contains("lesson.yaml:22: this wrong move names no hint, and there is one: That was another kind");
    }

    @WaitingTest
    void anotherWayThatDoesNotMeetTheCheckIsNamed() throws Exception {
        change(SOLVE, SOLVE + "\n    also: [[\"unshare -i bash\"]]");
        assertThat(failure()).contains("lesson.yaml:8: The check \"own\" was not met", "(played as line 18 says)");
    }

    @WaitingTest
    void aHintThatShowsToThoseWhoDidNothingIsNamed() throws Exception {
        change("events.exists(e, e.syscall == \"unshare\" && !(\"CLONE_NEWUTS\" in e.flags))", "size(processes) > 0");
        assertThat(failure()).contains("lesson.yaml:13: a hint shows when the step begins: That was another kind");
    }

    @WaitingTest
    void aHintThatShowsToThoseWhoDoItRightIsNamed() throws Exception {
        change("!(\"CLONE_NEWUTS\" in e.flags)", "e.command == \"unshare\"");
        change(SOLVE, "solve: [\"unshare -i true\", \"unshare -u bash\"]");
        assertThat(failure())
                .contains("lesson.yaml:13: a hint shows while the check \"own\" is solved: That was another");
    }

    /** The check asks for bash, and gives no hint to those who start another shell. */
    @WaitingTest
    void aCheckThatRefusesAnotherShellInSilenceIsNamed() throws Exception {
        change("p.command != \"unshare\"", "p.command == \"bash\"");
        assertThat(failure())
                .contains("lesson.yaml:8: The check \"own\" was not met", "(played with sh and long options)");
    }

    @WaitingTest
    void aHintThatBlamesWhatWasThereBeforeIsNamed() throws Exception {
        change(
                "- when: events",
                "- when: processes.exists(p, p.command == \"sleep\")\n        text: {en: There, zh-CN: 在}\n      - when: events");
        assertThat(failure()).contains("lesson.yaml:13: a hint shows when the step begins (played with dash");
        change(
                "processes.exists(p, p.command == \"sleep\")",
                "processes.exists(p, p.recent && p.command == \"sleep\")");
        assertThat(run("check", lesson().toString()).output()).contains("1 passed, 0 failed");
    }

    @WaitingTest
    void aQuestionThatTheKernelIsNotAskedIsNamed() throws Exception {
        answer("\"no\"", "\"不是\"");
        assertThat(failure())
                .contains("en.md:24: the answer to \"same\" is the same whatever happens")
                .contains("zh-CN.md:24: the answer to \"same\" is the same whatever happens");
    }

    @WaitingTest
    void aQuestionThatTheCheckHasDecidedIsNamed() throws Exception {
        answer(
                "own[0].namespaces.uts == root.uts ? \"yes\" : \"no\"",
                "own[0].namespaces.uts == root.uts ? \"是\" : \"不是\"");
        assertThat(failure()).contains("en.md:24: the check \"own\" has decided the answer to \"same\"");
    }

    @WaitingTest
    void aStepThatPassesByEventsAloneIsNamed() throws Exception {
        change(
                "find: processes.filter(p, p.namespaces.uts != root.uts && p.command != \"unshare\")",
                "when: events.exists(e, e.syscall == \"unshare\" && \"CLONE_NEWUTS\" in e.flags)");
        answer("size(processes) > 3 ? \"yes\" : \"no\"", "size(processes) > 3 ? \"是\" : \"不是\"");
        assertThat(failure()).contains("lesson.yaml:8: the step \"own\" passes by events alone");
    }

    private void answer(String english, String chinese) throws Exception {
        for (Path text : List.of(lesson().resolve("en.md"), lesson().resolve("zh-CN.md"))) {
            String answer = text.endsWith("en.md") ? english : chinese;
            Files.writeString(
                    text,
                    Files.readString(text).replaceFirst("answer=.*", Matcher.quoteReplacement("answer=" + answer)));
        }
    }

    @WaitingTest
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
                List.of(arguments), TestLimits.DEFAULT, rights, new PrintStream(output, true, StandardCharsets.UTF_8));
        return new Run(status, output.toString(StandardCharsets.UTF_8));
    }
}
