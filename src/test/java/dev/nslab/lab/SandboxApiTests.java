package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.account.SessionCookies;
import dev.nslab.lab.LabClient.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@LabTest
class SandboxApiTests {

    @AutoClose
    private final LabClient client;

    @AutoClose
    private final LabClient stranger;

    SandboxApiTests(@LocalServerPort int port, @Autowired SessionCookies cookies) {
        client = new LabClient(port);
        stranger = LabClient.learner(port, cookies);
    }

    @Test
    void livesFromCreationToEnd() {
        String sandbox = client.sandbox();
        Answer shown = client.get("/api/sandboxes/" + sandbox);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().get("id").asString()).isEqualTo(sandbox);
        assertThat(shown.body().get("hostname").asString()).isEqualTo("lab");
        assertThat(shown.body().get("state").asString()).isEqualTo("running");
        assertThat(shown.body().get("limits").get("processes").isInt()).isTrue();
        assertThat(client.delete("/api/sandboxes/" + sandbox).status()).isEqualTo(204);
        assertProblem(client.get("/api/sandboxes/" + sandbox), 404, "not-found");
        assertProblem(client.delete("/api/sandboxes/" + sandbox), 404, "not-found");
    }

    @Test
    void namesTerminalsByTheLowestFreeNumber() {
        String sandbox = client.sandbox();
        String path = "/api/sandboxes/" + sandbox + "/terminals";
        List<Answer> opened =
                Stream.of(1, 2, 3).map(number -> client.post(path)).toList();
        assertThat(opened)
                .extracting(answer -> answer.body().get("name").asString())
                .containsExactly("tty1", "tty2", "tty3");
        String second = opened.get(1).body().get("id").asString();
        assertThat(client.delete("/api/terminals/" + second).status()).isEqualTo(204);
        assertProblem(client.delete("/api/terminals/" + second), 404, "not-found");
        assertThat(client.post(path).body().get("name").asString()).isEqualTo("tty2");
    }

    @Test
    void showsTerminalsWithSizeAndPid() {
        String sandbox = client.sandbox();
        Answer opened = client.post(
                "/api/sandboxes/" + sandbox + "/terminals",
                "{\"cols\":100,\"rows\":30,\"command\":[\"sleep\",\"1000\"]}");
        assertThat(opened.status()).isEqualTo(201);
        var terminal =
                client.get("/api/sandboxes/" + sandbox).body().get("terminals").get(0);
        assertThat(terminal.get("pid").asInt())
                .isEqualTo(opened.body().get("pid").asInt());
        assertThat(terminal.get("cols").asInt()).isEqualTo(100);
        assertThat(terminal.get("rows").asInt()).isEqualTo(30);
        assertThat(terminal.get("exit").isNull()).isTrue();
        var snapshot = client.get("/api/sandboxes/" + sandbox + "/snapshot").body();
        assertThat(snapshot.get("processes")).anySatisfy(process -> {
            assertThat(process.get("pid")).isEqualTo(terminal.get("pid"));
            assertThat(process.get("command").asString()).isEqualTo("sleep");
            assertThat(process.get("terminal").asString()).isEqualTo("tty1");
        });
    }

    @Test
    void hidesWhatIsSomebodyElses() {
        String sandbox = client.sandbox();
        String terminal = client.terminal(sandbox);
        assertProblem(stranger.get("/api/sandboxes/" + sandbox), 404, "not-found");
        assertProblem(stranger.get("/api/sandboxes/" + sandbox + "/snapshot"), 404, "not-found");
        assertProblem(stranger.post("/api/sandboxes/" + sandbox + "/reset"), 404, "not-found");
        assertProblem(stranger.post("/api/sandboxes/" + sandbox + "/terminals"), 404, "not-found");
        assertProblem(stranger.delete("/api/sandboxes/" + sandbox), 404, "not-found");
        assertProblem(stranger.delete("/api/terminals/" + terminal), 404, "not-found");
        assertThat(stranger.attach(terminal).closed()).isEqualTo(4404);
        assertThat(stranger.watch(sandbox).closed()).isEqualTo(4404);
        assertThat(client.get("/api/sandboxes/" + sandbox).status()).isEqualTo(200);
    }

    @Test
    void resetsUnderTheSameId() {
        String sandbox = client.sandbox();
        String terminal = client.terminal(sandbox);
        TestSocket socket = client.attach(terminal);
        socket.type("echo gone > /root/file; hostname other; echo wr''itten\r");
        socket.expect("written");
        Answer reset = client.post("/api/sandboxes/" + sandbox + "/reset");
        assertThat(reset.status()).isEqualTo(200);
        assertThat(reset.body().get("id").asString()).isEqualTo(sandbox);
        assertThat(reset.body().get("terminals")).isEmpty();
        assertThat(socket.closed()).isEqualTo(4404);
        TestSocket fresh = client.attach(client.terminal(sandbox));
        fresh.type("cat /root/file; hostname; echo d''one\r");
        fresh.expect("done");
        assertThat(fresh.printed()).contains("No such file").contains("lab").doesNotContain("other");
    }

    @Test
    void refusesASecondResetWhileOneIsUnderWay() {
        String sandbox = client.sandbox();
        for (int number = 0; number < 8; number++) {
            client.terminal(sandbox);
        }
        List<Answer> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> client.post("/api/sandboxes/" + sandbox + "/reset")))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertProblem(answer, 409, "busy"));
        assertThat(client.post("/api/sandboxes/" + sandbox + "/terminals").status())
                .isEqualTo(201);
    }

    @Test
    void saysThatACommandDoesNotExist() {
        Answer answer =
                client.post("/api/sandboxes/" + client.sandbox() + "/terminals", "{\"command\":[\"no-such-command\"]}");
        assertProblem(answer, 422, "command-failed");
        assertThat(answer.body().get("detail").asString()).contains("no-such-command", "No such file");
    }

    @Test
    void limitsTheNumberOfTerminals() {
        String sandbox = client.sandbox();
        int most = client.get("/api/sandboxes/" + sandbox)
                .body()
                .get("limits")
                .get("terminals")
                .asInt();
        for (int number = 0; number < most; number++) {
            client.terminal(sandbox, "sleep", "1000");
        }
        assertProblem(client.post("/api/sandboxes/" + sandbox + "/terminals"), 409, "terminals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cols\":0,\"rows\":0}",
                "{\"cols\":-1}",
                "{\"cols\":1000000000}",
                "{\"rows\":1001}",
                "{\"cols\":99999999999999999999}",
                "{\"cols\":\"wide\"}",
                "{\"cols\":[80]}",
                "{\"command\":\"bash -l\"}",
                "{\"command\":[]}",
                "{\"command\":[\"\"]}",
                "{\"command\":[null]}",
                "{\"command\":[\"a\\u0000b\"]}",
                "{\"command\":{\"a\":1}}",
                "[]",
                "\"text\"",
                "{",
                "nonsense"
            })
    void refusesBadRequests(String json) {
        String sandbox = client.sandbox();
        assertProblem(client.post("/api/sandboxes/" + sandbox + "/terminals", json), 400, "invalid-request");
        assertThat(client.get("/api/sandboxes/" + sandbox).body().get("terminals"))
                .isEmpty();
    }

    @Test
    void refusesCommandsBeyondReason() {
        String words = "\"x\",".repeat(5000) + "\"x\"";
        String path = "/api/sandboxes/" + client.sandbox() + "/terminals";
        assertProblem(client.post(path, "{\"command\":[" + words + "]}"), 400, "invalid-request");
        assertProblem(client.post(path, "{\"command\":[\"" + "x".repeat(10_000) + "\"]}"), 400, "invalid-request");
        assertProblem(client.post(path, "{\"command\":[\"" + "x".repeat(100_000) + "\"]}"), 413, "too-large");
    }

    @Test
    void answersTheUnknownWithProblems() {
        assertProblem(client.get("/api/sandboxes/unknown"), 404, "not-found");
        assertProblem(client.get("/api/nothing"), 404, "not-found");
        assertProblem(client.delete("/api/terminals/unknown"), 404, "not-found");
        assertProblem(client.send("PUT", "/api/sandboxes", "{}"), 405, "invalid-request");
        Answer text = client.send(
                "POST", "/api/sandboxes/" + client.sandbox() + "/terminals", null, "Content-Type", "text/plain");
        assertThat(text.status()).isIn(201, 415);
        assertThat(client.attach("unknown").closed()).isEqualTo(4404);
        assertThat(client.watch("unknown").closed()).isEqualTo(4404);
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/problem+json"));
        assertThat(answer.body().get("type").asString()).isEqualTo("urn:nslab:problem:" + type);
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().get("detail").asString()).isNotBlank();
    }
}
