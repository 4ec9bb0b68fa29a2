package dev.nslab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code ./lab} says to people. What it does is tested by running these tests with it. */
class LabScriptTests {

    private record Outcome(int status, String output) {}

    @Test
    void helpTellsWhichCommandsThereAre() throws Exception {
        assertThat(lab("help").status()).isZero();
        assertThat(lab("help").output()).contains("./lab COMMAND", "run [--port N]", "lessons check [DIR]", "test");
    }

    @Test
    void whatItDoesNotKnowIsRefusedWithTheUsage() throws Exception {
        assertRefused("which command?");
        assertRefused("there is no command die", "die");
        assertRefused("run does not know --prot", "run", "--prot", "80");
        assertRefused("--port needs a number", "run", "--port");
        assertRefused("--port needs a number", "run", "--port", "http");
        assertRefused("test does not know --fast", "test", "--fast");
        assertRefused("test takes one name", "test", "JournalTests", "NotebooksTests");
        assertRefused("lessons: check or new?", "lessons");
        assertRefused("lessons new needs a folder", "lessons", "new");
        assertRefused("lessons check takes one folder", "lessons", "check", "a", "b");
    }

    @Test
    void aTestThatIsNotThereIsNotPassedOver() throws Exception {
        assertThat(lab("test", "NoSuch"))
                .isEqualTo(
                        new Outcome(
                                1,
                                "lab: there is no test called NoSuch: no class NoSuch or NoSuchTests below src/test/java, no file NoSuch.test.ts below frontend/src\n"));
        // Helpers of tests are not tests.
        assertThat(lab("test", "LabPage").output()).startsWith("lab: there is no test called LabPage");
    }

    @Test
    void ofSeveralTestsWithOneNameNoneIsGuessed() throws Exception {
        assertThat(lab("test", "element").status()).isEqualTo(1);
        assertThat(lab("test", "element").output())
                .startsWith("lab: several tests are called element; name one of them with its folder:\n  frontend/src/")
                .contains("frontend/src/lesson/element.test.ts");
    }

    /**
     * A test of the pages, because for a Java test Maven might compile the classes that these tests are running from.
     */
    @Test
    void oneTestIsRunByItsName() throws Exception {
        Outcome outcome = lab("test", "terminal/key-row");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("src/terminal/key-row.test.ts", "1 passed");
    }

    private static void assertRefused(String reason, String... arguments) throws Exception {
        assertThat(lab(arguments))
                .isEqualTo(new Outcome(2, "lab: " + reason + "\n" + lab("help").output()));
    }

    private static Outcome lab(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("./lab"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
