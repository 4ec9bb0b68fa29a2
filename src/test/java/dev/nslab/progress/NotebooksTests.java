package dev.nslab.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.progress.Progress.Choice;
import dev.nslab.progress.Progress.Prediction;
import dev.nslab.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebooksTests {

    private static final Duration NEXT_TRY = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final AtomicInteger changes = new AtomicInteger();

    private Archive archive() {
        return new Archive(new Database(folder), changes::incrementAndGet);
    }

    private static String reason(Archive archive) {
        return archive.failure().orElseThrow().reason();
    }

    private void awaitKept(Archive archive) {
        await().atMost(NEXT_TRY)
                .until(() -> archive.failure().isEmpty() && archive.waiting() == 0 && changes.get() == 2);
    }

    @Test
    void keepAllThatTheyAreTold() {
        Progress told = Progress.NONE
                .at("second")
                .withPassed("first")
                .withMet("own")
                .with("given", new Prediction("1", null))
                .with("missed", new Prediction(null, "2"))
                .with("why", new Choice(new TreeSet<>(List.of(0, 2)), false));
        try (Archive archive = archive()) {
            new Notebooks(archive).get("learner", "lesson").update(_ -> told);
        }
        try (Archive archive = archive()) {
            Notebooks notebooks = new Notebooks(archive);
            assertThat(notebooks.get("learner", "lesson").progress()).isEqualTo(told);
            assertThat(notebooks.get("learner", "other").progress()).isEqualTo(Progress.NONE);
            assertThat(notebooks.get("another", "lesson").progress()).isEqualTo(Progress.NONE);
            assertThat(notebooks.passed("learner")).containsKey("lesson");
            Notebook book = notebooks.get("learner", "lesson");
            assertThat(notebooks.get("learner", "lesson")).isSameAs(book);
        }
        assertThat(changes).hasValue(0);
    }

    @Test
    void whatIsToldIsOnDiskSoonAfter() throws Exception {
        try (Archive archive = archive()) {
            new Notebooks(archive).get("learner", "lesson").update(progress -> progress.withPassed("first"));
            await().until(() -> archive.waiting() == 0);
            // This is what another server would find if this one were killed.
            Path copy = Files.createDirectory(folder.resolve("copy"));
            Files.copy(folder.resolve("nslab.mv.db"), copy.resolve("nslab.mv.db"));
            try (Archive found = new Archive(new Database(copy), () -> {})) {
                assertThat(new Notebooks(found).passed("learner").get("lesson")).containsExactly("first");
            }
        }
    }

    /** Threads that wait for a sandbox are interrupted when it ends. An interrupt would make H2 close its file. */
    @Test
    void anInterruptDoesNoHarm() {
        try (Archive archive = archive()) {
            Notebooks notebooks = new Notebooks(archive);
            Thread.currentThread().interrupt();
            notebooks.get("learner", "lesson").update(progress -> progress.withPassed("first"));
            assertThat(notebooks.passed("learner")).containsKey("lesson");
            assertThat(Thread.interrupted()).isTrue();
            await().until(() -> archive.waiting() == 0);
            assertThat(archive.failure()).isEmpty();
        }
    }

    @Test
    void whileAnotherServerUsesTheFolderTheyGoOnInMemoryAndAreAddedLater() throws Exception {
        try (Archive archive = archive()) {
            new Notebooks(archive)
                    .get("learner", "lesson")
                    .update(progress -> progress.withPassed("first").with("asked", new Prediction("1", null)));
        }
        // Within one JVM, H2 shares the file. Another JVM finds it locked.
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Archive archive = archive()) {
            assertThat(other.getInputStream().read()).isEqualTo('.');
            Notebooks notebooks = new Notebooks(archive);
            Notebook book = notebooks.get("learner", "lesson");
            assertThat(book.progress()).isEqualTo(Progress.NONE);
            assertThat(reason(archive)).contains("another server", "NSLAB_DATA_DIR", folder.toString());
            book.update(progress -> progress.withPassed("second").with("asked", new Prediction("2", "3")));
            Notebook begunAnew = notebooks.get("learner", "other");
            begunAnew.clear();
            assertThat(notebooks.passed("learner").get("lesson")).containsExactly("second");
            other.destroyForcibly().waitFor();
            awaitKept(archive);
            assertThat(book.progress().passed()).containsExactly("first", "second");
            assertThat(book.progress().predictions()).containsEntry("asked", new Prediction("1", "3"));
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (Archive archive = archive()) {
            assertThat(new Notebooks(archive).passed("learner").get("lesson"))
                    .containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void whatANewerVersionHasWrittenIsLeftAlone() throws Exception {
        try (Archive archive = archive()) {
            new Notebooks(archive).get("learner", "lesson").update(progress -> progress.withPassed("first"));
        }
        execute(
                "INSERT INTO \"flyway_schema_history\" SELECT 99, '99', 'newer', \"type\", 'V99__newer.sql', 1,"
                        + " \"installed_by\", \"installed_on\", 1, TRUE FROM \"flyway_schema_history\" WHERE \"version\" = '1'");
        try (Archive archive = archive()) {
            archive.open();
            await().until(() -> archive.failure().isPresent());
            assertThat(reason(archive)).contains("newer", "NSLAB_DATA_DIR", folder.toString());
            Notebook book = new Notebooks(archive).get("learner", "lesson");
            book.update(progress -> progress.withPassed("second"));
            assertThat(book.progress().passed()).containsExactly("second");
        }
        assertThat(passed()).isEqualTo(1);
    }

    /** A value longer than its column is a fault of ours, but no reason to keep nobody's progress. */
    @Test
    void whatDoesNotFitHoldsUpNobodyElse() {
        try (Archive archive = archive()) {
            Notebooks notebooks = new Notebooks(archive);
            Notebook giant = notebooks.get("giant", "lesson");
            giant.update(progress -> progress.withPassed("x".repeat(1000)));
            notebooks.get("learner", "lesson").update(progress -> progress.withPassed("first"));
            await().until(() -> archive.waiting() == 0);
            assertThat(archive.failure()).isEmpty();
            assertThat(giant.progress().passed()).hasSize(1);
        }
        try (Archive archive = archive()) {
            Notebooks notebooks = new Notebooks(archive);
            assertThat(notebooks.passed("learner").get("lesson")).containsExactly("first");
            assertThat(notebooks.passed("giant")).isEmpty();
        }
    }

    @Test
    void soManyWaitAtMost() throws Exception {
        Files.writeString(folder.resolve("nslab.mv.db"), "this is no database, whatever its name says");
        try (Archive archive = archive()) {
            Notebooks notebooks = new Notebooks(archive);
            Notebook first = notebooks.get("first", "lesson");
            assertThat(archive.failure()).isPresent();
            for (int learner = 0; learner < Archive.MOST_WAITING + 10; learner++) {
                archive.keep(new Notebook(new Notebook.Key("learner-" + learner, "lesson"), archive::keep));
            }
            assertThat(archive.waiting()).isEqualTo(Archive.MOST_WAITING);
            // The progress of a learner who goes on is still remembered.
            first.update(progress -> progress.withPassed("first"));
            Files.delete(folder.resolve("nslab.mv.db"));
            awaitKept(archive);
            assertThat(passed()).isEqualTo(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("nslab"), "sa", "");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int passed() throws SQLException {
        try (Connection connection = connect();
                var result = connection.createStatement().executeQuery("SELECT COUNT(*) FROM passed_step")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    /** For the file, this is another server. */
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
