package dev.nslab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.lesson.Progress.Choice;
import dev.nslab.lesson.Progress.Prediction;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebooksTests {

    @TempDir
    Path folder;

    @Test
    void keepAllThatTheyAreTold() {
        Progress told = Progress.NONE
                .at("second")
                .withPassed("first")
                .withMet("own")
                .with("given", new Prediction("1", null))
                .with("missed", new Prediction(null, "2"))
                .with("why", new Choice(new TreeSet<>(List.of(0, 2)), false));
        try (Database database = new Database(folder)) {
            new Notebooks(database).get("learner", "lesson").update(_ -> told);
        }
        try (Database database = new Database(folder)) {
            Notebooks notebooks = new Notebooks(database);
            assertThat(notebooks.get("learner", "lesson").progress()).isEqualTo(told);
            assertThat(notebooks.get("learner", "other").progress()).isEqualTo(Progress.NONE);
            assertThat(notebooks.get("another", "lesson").progress()).isEqualTo(Progress.NONE);
            assertThat(notebooks.passed("learner")).containsOnlyKeys("lesson");
            Notebook book = notebooks.get("learner", "lesson");
            assertThat(notebooks.get("learner", "lesson")).isSameAs(book);
        }
    }

    /** As threads are that wait for a sandbox when it ends: H2 would close its file. */
    @Test
    void anInterruptDoesNoHarm() {
        try (Database database = new Database(folder)) {
            Notebook book = new Notebooks(database).get("learner", "lesson");
            Thread.currentThread().interrupt();
            book.update(progress -> progress.withPassed("first"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(new Notebooks(database).passed("learner")).containsKey("lesson");
        }
    }

    @Test
    void aFolderThatAnotherServerUsesIsNamed() throws Exception {
        // Within one JVM H2 shares the file; another one finds it locked.
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Database database = new Database(folder)) {
            assertThat(other.getInputStream().read()).isEqualTo('.');
            Notebooks notebooks = new Notebooks(database);
            assertThatThrownBy(() -> notebooks.passed("learner"))
                    .hasMessageContaining("NSLAB_DATA_DIR")
                    .hasMessageContaining(folder.toString());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Another server, as far as the file is concerned. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (var _ = DriverManager.getConnection(
                    "jdbc:h2:file:" + Path.of(arguments[0]).resolve("nslab"), "sa", "")) {
                System.out.print('.');
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }
}
