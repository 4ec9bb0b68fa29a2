package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.account.SessionCookies;
import dev.nslab.lab.LabClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "nslab.lessons-dir=src/test/resources/own-lessons")
class LessonApiTests {

    private final int port;
    private final SessionCookies cookies;
    private final LabClient client;

    LessonApiTests(@LocalServerPort int port, @Autowired SessionCookies cookies) {
        this.port = port;
        this.cookies = cookies;
        this.client = learner();
    }

    /** A learner who has not been here before. */
    private LabClient learner() {
        return LabClient.learner(port, cookies);
    }

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void listsBuiltInAndOwnLessonsAndSaysWhatIsBroken() {
        JsonNode lessons = client.get("/api/lessons").body().get("lessons");
        JsonNode trial = lesson(lessons, "trial");
        assertThat(trial.get("title").asString()).isEqualTo("A trial");
        assertThat(trial.get("summary").asString()).isEqualTo("For the tests alone.");
        assertThat(trial.get("steps").asInt()).isEqualTo(4);
        assertThat(trial.get("broken").isNull()).isTrue();
        assertThat(lesson(lessons, "pid").get("steps").asInt()).isPositive();
        JsonNode fault = lesson(lessons, "broken").at("/broken/0");
        assertThat(fault.get("file").asString()).isEqualTo("lesson.yaml");
        assertThat(fault.get("line").asInt()).isEqualTo(6);
        assertThat(fault.get("reason").asString()).contains("undefined field 'pidz'");
        JsonNode chinese = client.get("/api/lessons?lang=zh-CN").body().get("lessons");
        assertThat(lesson(chinese, "trial").get("title").asString()).isEqualTo("试验");
    }

    @Test
    void showsALessonButNotWhatIsRight() {
        Answer answer = client.get("/api/lessons/trial");
        assertThat(answer.body().at("/steps/0/blocks/0/html").asString())
                .isEqualTo("<p>Nothing to do but to read: 1 &lt; 2.</p>\n");
        JsonNode quiz = answer.body().at("/steps/1/blocks/3");
        assertThat(quiz.get("choices").get(1).asString()).isEqualTo("To see <code>it</code>");
        assertThat(answer.raw().body())
                .doesNotContain("right")
                .doesNotContain("So it is")
                .doesNotContain("own[0].pids");
        assertThat(client.get("/api/lessons/broken").status()).isEqualTo(404);
        assertThat(client.get("/api/lessons/nothing").status()).isEqualTo(404);
    }

    @Test
    void hasAPageForEachLesson() {
        assertThat(client.send("GET", "/lessons/trial", null, "Accept", "text/html")
                        .raw()
                        .body())
                .contains("data-lesson=\"trial\"");
        assertThat(client.send("GET", "/lessons/nothing", null, "Accept", "text/html")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void passesStepsAsTheKernelsStateSaysSo() {
        Following trial = new Following(client);
        assertThat(trial.put("/predictions/depth", "{\"answer\":\"1\"}").status())
                .isEqualTo(200);
        assertThat(trial.put("/predictions/depth", "{\"answer\":\"2\"}").status())
                .isEqualTo(409);
        assertThat(trial.complete("make").body().get("type").asString()).isEqualTo("urn:nslab:problem:unfinished");
        assertThat(trial.complete("read").body().get("current").asString()).isEqualTo("make");
        TestSocket shell = client.attach(client.terminal(trial.sandbox));
        shell.type("unshare -u bash\r");
        JsonNode met = trial.await("/steps/1/checks/0/met", true);
        assertThat(met.at("/steps/1/checks/0/matched")).hasSize(1);
        assertThat(met.at("/predictions/depth/right").asBoolean()).isTrue();
        assertThat(met.at("/current").asString()).isEqualTo("make");
        assertThat(trial.put("/quizzes/why", "{\"answer\":[0]}")
                        .body()
                        .at("/quizzes/why/explanation")
                        .isNull())
                .isTrue();
        JsonNode right = trial.put("/quizzes/why", "{\"answer\":[1]}").body();
        assertThat(right.at("/quizzes/why/explanation/en").asString()).isEqualTo("<p>So it is.</p>\n");
        assertThat(right.at("/current").asString()).isEqualTo("rename");
        shell.type("hostname inner\r");
        String pid = trial.await("/current", "leave").at("/values/own[0].pid").asString();
        client.attach(client.terminal(trial.sandbox)).type("kill -9 " + pid + "\r");
        assertThat(trial.await("/steps/3/passed", true).get("current").isNull()).isTrue();
    }

    /** Like a program that follows a lesson over HTTP alone. */
    @Test
    void answersWithWhatIsSoThoughNobodyWatches() {
        String sandbox = client.sandbox();
        String path = "/api/sandboxes/" + sandbox;
        client.send("PUT", path + "/lesson", "{\"lesson\":\"trial\"}");
        client.post(path + "/progress/steps/read/completion");
        var _ = client.terminal(sandbox, "unshare", "-u", "bash", "-c", "sleep 1000; true");
        awaitProcess(sandbox, "sleep");
        JsonNode made = client.get(path + "/progress").body();
        assertThat(made.at("/steps/1/checks/0/matched")).hasSize(1);
        assertThat(made.at("/predictions/depth/truth").asString()).isEqualTo("1");
        JsonNode right = client.send("PUT", path + "/progress/quizzes/why", "{\"answer\":[1]}")
                .body();
        assertThat(right.at("/current").asString()).isEqualTo("rename");
        JsonNode again =
                client.send("PUT", path + "/lesson", "{\"lesson\":\"trial\"}").body();
        assertThat(again.at("/current").asString()).isEqualTo("rename");
        assertThat(again.at("/steps/1/checks/0/matched")).hasSize(1);
    }

    private void awaitProcess(String sandbox, String command) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String seen;
        do {
            seen = client.get("/api/sandboxes/" + sandbox + "/snapshot").raw().body();
        } while (!seen.contains("\"command\":\"" + command + "\"") && System.nanoTime() - end < 0);
        assertThat(seen).contains(command);
    }

    @Test
    void saysWhatIsLeftOverWhereALessonIsBegun() {
        Following clean = new Following(client);
        client.attach(client.terminal(clean.sandbox)).type("sleep 1000 &\r");
        awaitProcess(clean.sandbox, "sleep");
        assertThat(awaitLeftOver(clean, false))
                .as("made since the lesson was begun")
                .isTrue();
        client.send("PUT", clean.path + "/lesson", "{\"lesson\":null}");
        client.send("PUT", clean.path + "/lesson", "{\"lesson\":\"trial\"}");
        assertThat(awaitLeftOver(clean, true)).as("there before").isTrue();
        client.post(clean.path + "/reset");
        assertThat(awaitLeftOver(clean, false)).as("gone with the old sandbox").isTrue();
    }

    private static boolean awaitLeftOver(Following trial, boolean wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean leftOver;
        do {
            leftOver = trial.progress().get("leftOver").asBoolean();
        } while (leftOver != wanted && System.nanoTime() - end < 0);
        return leftOver == wanted;
    }

    @Test
    void hintsAtAMistakeThatStays() {
        Following trial = new Following(client);
        trial.complete("read");
        client.attach(client.terminal(trial.sandbox)).type("unshare -i bash\r");
        JsonNode hinted = trial.await("/steps/1/checks/0/hint/en", "That was not -u.");
        assertThat(hinted.at("/steps/1/checks/0/observed/zh-CN").asString()).endsWith("个进程，一个 UTS 命名空间。");
    }

    @Test
    void keepsWhatWasPassedWhenTheSandboxIsReset() {
        Following trial = new Following(client);
        trial.complete("read");
        client.attach(client.terminal(trial.sandbox)).type("unshare -u bash\r");
        trial.await("/steps/1/checks/0/met", true);
        client.post("/api/sandboxes/" + trial.sandbox + "/reset");
        JsonNode after = trial.put("/quizzes/why", "{\"answer\":[1]}").body();
        assertThat(after.at("/current").asString()).isEqualTo("rename");
        trial.socket.forget();
        client.attach(client.terminal(trial.sandbox)).type("unshare -u bash\r");
        trial.await("/steps/1/checks/0/matched/0", true);
    }

    @Test
    void takesTheLearnerToAStep() {
        Following trial = new Following(client);
        assertThat(client.post(trial.path + "/progress/steps/leave/arrival").status())
                .isEqualTo(202);
        assertThat(client.post(trial.path + "/progress/steps/leave/arrival").status())
                .isEqualTo(409);
        trial.await("/current", "leave");
        JsonNode there = trial.socket.message(
                message -> message.path("current").asString("").equals("leave")
                        && message.path("playing").isNull(),
                "the end");
        assertThat(there.get("problem").isNull()).isTrue();
        assertThat(there.get("place").asString()).isEqualTo("leave");
        assertThat(client.post(trial.path + "/progress/steps/nowhere/arrival").status())
                .isEqualTo(404);
    }

    @Test
    void keepsLearnersApart() {
        Following trial = new Following(client);
        trial.complete("read");
        trial.put("/place", "{\"step\":\"rename\"}");
        try (LabClient other = learner()) {
            assertThat(other.get(trial.path + "/progress").status()).isEqualTo(404);
            assertThat(other.send("PUT", trial.path + "/lesson", "{\"lesson\":null}")
                            .status())
                    .isEqualTo(404);
            assertThat(lesson(other.get("/api/lessons").body().get("lessons"), "trial")
                            .get("passed")
                            .asInt())
                    .isZero();
            JsonNode theirs = new Following(other).progress();
            assertThat(theirs.at("/steps/0/passed").asBoolean()).isFalse();
            assertThat(theirs.at("/place").asString()).isEqualTo("read");
        }
        JsonNode again = new Following(client).progress();
        assertThat(again.at("/steps/0/passed").asBoolean()).isTrue();
        assertThat(again.at("/place").asString()).isEqualTo("rename");
        assertThat(lesson(client.get("/api/lessons").body().get("lessons"), "trial")
                        .get("passed")
                        .asInt())
                .isOne();
        assertThat(client.delete(trial.path + "/progress").status()).isEqualTo(204);
        assertThat(trial.progress().at("/current").asString()).isEqualTo("read");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Following trial = new Following(client);
        assertThat(trial.put("/predictions/nothing", "{\"answer\":\"1\"}").status())
                .isEqualTo(404);
        assertThat(trial.put("/predictions/depth", "{}").status()).isEqualTo(400);
        assertThat(trial.put("/predictions/depth", "{\"answer\":\"" + "x".repeat(300) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(trial.put("/quizzes/why", "{\"answer\":[1,2,3,4,5]}").status())
                .isEqualTo(400);
        assertThat(trial.put("/quizzes/why", "{\"answer\":[null]}").status()).isEqualTo(400);
        assertThat(trial.put("/place", "{\"step\":\"nowhere\"}").status()).isEqualTo(404);
        assertThat(client.send("PUT", trial.path + "/lesson", "{\"lesson\":\"broken\"}")
                        .status())
                .isEqualTo(404);
        assertThat(client.send("PUT", trial.path + "/lesson", "{\"lesson\":null}")
                        .body()
                        .get("lesson")
                        .isNull())
                .isTrue();
        assertThat(trial.complete("read").status()).isEqualTo(404);
    }

    private static JsonNode lesson(JsonNode lessons, String id) {
        for (JsonNode lesson : lessons) {
            if (lesson.get("id").asString().equals(id)) {
                return lesson;
            }
        }
        throw new AssertionError("no lesson " + id + " in " + lessons);
    }

    /** A sandbox in which the trial lesson is followed, and which is watched. */
    private static final class Following {

        private final LabClient client;
        private final String sandbox;
        private final String path;
        private final TestSocket socket;

        Following(LabClient client) {
            this.client = client;
            sandbox = client.sandbox();
            path = "/api/sandboxes/" + sandbox;
            assertThat(client.send("PUT", path + "/lesson", "{\"lesson\":\"trial\"}")
                            .status())
                    .isEqualTo(200);
            socket = client.watch(sandbox);
        }

        Answer put(String what, String json) {
            return client.send("PUT", path + "/progress" + what, json);
        }

        Answer complete(String step) {
            return client.post(path + "/progress/steps/" + step + "/completion");
        }

        JsonNode progress() {
            return client.get(path + "/progress").body();
        }

        JsonNode await(String pointer, Object value) {
            return socket.message(
                    message -> message.path("type").asString().equals("progress")
                            && (value.equals(true)
                                    ? message.at(pointer)
                                            .asBoolean(message.at(pointer).isInt())
                                    : value.equals(message.at(pointer).asString(""))),
                    pointer + " to be " + value);
        }
    }
}
