package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.WaitingTest;
import dev.nslab.lab.LabClient;
import dev.nslab.lab.TestSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server whose disk fills, or becomes read-only, while learners work. Their lessons go on, and nothing is lost. */
class FullDiskTests {

    private static final String SMALL_DISK = "mount -t tmpfs -o size=2m none \"$0\" && exec \"$@\"";

    private static final String BEGUN = "cannot be used";
    private static final String OVER = "is saved on disk again";

    @TempDir
    Path disk;

    @TempDir
    Path elsewhere;

    private IsolatedServer server;
    private LabClient client;
    private String path = "";
    private TestSocket watch;

    @BeforeEach
    void start() throws Exception {
        server = new IsolatedServer(
                SMALL_DISK,
                disk,
                "--nslab.data-dir=" + disk.resolve("data"),
                "--nslab.lessons-dir=src/test/resources/own-lessons");
        client = new LabClient(server.port());
        String sandbox = client.sandbox();
        path = "/api/sandboxes/" + sandbox;
        watch = client.watch(sandbox);
        assertThat(client.send("PUT", path + "/lesson", "{\"lesson\":\"trial\"}")
                        .body()
                        .get("kept")
                        .asBoolean())
                .isTrue();
        // The tests begin only when everything so far is on disk.
        change("PUT", "/progress/predictions/depth", "{\"answer\":\"2\"}");
        await().until(() -> stored("SELECT answer FROM prediction").equals(List.of("2")));
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    @WaitingTest
    void aFullDiskEndsNoLesson() throws Exception {
        fill();
        assertThat(change("POST", "/progress/steps/read/completion", "")
                        .at("/steps/0/passed")
                        .asBoolean())
                .isTrue();
        awaitKept(false);
        assertTold("DEGRADED");
        assertThat(change("PUT", "/progress/quizzes/why", "{\"answer\":[1]}")
                        .at("/quizzes/why/right")
                        .asBoolean())
                .isTrue();
        assertThat(passedInCatalogue()).isEqualTo(1);
        // This is after more than one attempt.
        await().pollDelay(Duration.ofSeconds(7)).until(() -> server.logged(BEGUN) == 1);
        assertThat(stored("SELECT step FROM passed_step")).isEmpty();

        watch.forget();
        assertThat(server.run("rm " + disk + "/full")).isZero();
        awaitKept(true);
        assertTold("UP");
        await().until(() -> stored("SELECT step FROM passed_step").equals(List.of("read")));
        assertThat(stored("SELECT answer FROM quiz_answer")).containsExactly("1");
        assertThat(stored("SELECT answer FROM prediction")).containsExactly("2");
        assertThat(server.logged(BEGUN)).as(server.log()).isEqualTo(1);
        assertThat(server.logged(OVER)).isEqualTo(1);
        assertThat(server.logged(" ERROR ")).isEqualTo(1);
    }

    @WaitingTest
    void aDiskThatBecomesReadOnlyEndsNoLesson() throws Exception {
        fill();
        change("POST", "/progress/steps/read/completion", "");
        awaitKept(false);
        // While the database is open, the kernel refuses the remount. It is closed between two attempts.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> server.run(remount("ro,size=8m")) == 0);
        change("PUT", "/progress/quizzes/why", "{\"answer\":[1]}");
        await().pollDelay(Duration.ofSeconds(7)).until(() -> passedInCatalogue() == 1);
        assertTold("DEGRADED");
        assertThat(stored("SELECT step FROM passed_step")).isEmpty();

        watch.forget();
        assertThat(server.run(remount("rw"))).isZero();
        awaitKept(true);
        assertTold("UP");
        await().until(() -> stored("SELECT answer FROM quiz_answer").equals(List.of("1")));
        assertThat(stored("SELECT step FROM passed_step")).containsExactly("read");
        assertThat(server.logged(BEGUN)).as(server.log()).isEqualTo(1);
        assertThat(server.logged(OVER)).isEqualTo(1);
    }

    private void fill() throws Exception {
        assertThat(server.run("head -c 9m /dev/zero > " + disk + "/full")).isNotZero();
    }

    /**
     * The existing options are not repeated, because in a user namespace the kernel shows uids there that mean other
     * users.
     */
    private String remount(String options) {
        return "mount --options-mode=ignore -o remount," + options + " none " + disk;
    }

    private JsonNode change(String method, String what, String body) {
        LabClient.Answer answer = client.send(method, path + what, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body();
    }

    /** The page is told without being asked. */
    private void awaitKept(boolean kept) {
        watch.message(
                message -> message.get("type").asString().equals("progress")
                        && message.get("kept").asBoolean() == kept,
                "kept: " + kept);
        assertThat(client.get(path + "/progress").body().get("kept").asBoolean())
                .isEqualTo(kept);
    }

    /** Checks what those are told who watch over the server. No answer gives them a reason to end it. */
    private void assertTold(String status) {
        LabClient.Answer health = client.get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().get("status").asString()).isEqualTo(status);
        assertThat(health.body().path("description").asString().contains("progress"))
                .isEqualTo(status.equals("DEGRADED"));
        assertThat(health.raw().body()).doesNotContain("details").doesNotContain(disk.toString());
        for (String probe : List.of("liveness", "readiness")) {
            assertThat(client.get("/actuator/health/" + probe)
                            .body()
                            .get("status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    private int passedInCatalogue() {
        for (JsonNode lesson : client.get("/api/lessons").body().get("lessons")) {
            if (lesson.get("id").asString().equals("trial")) {
                return lesson.get("passed").asInt();
            }
        }
        throw new AssertionError("no lesson");
    }

    /** What the next server would find in the file if this one were killed now. */
    private List<String> stored(String query) throws Exception {
        Path copy = elsewhere.resolve("nslab.mv.db");
        Files.deleteIfExists(copy);
        assertThat(server.run("cp " + disk + "/data/nslab.mv.db " + copy)).isZero();
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + elsewhere.resolve("nslab"), "sa", "");
                var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
