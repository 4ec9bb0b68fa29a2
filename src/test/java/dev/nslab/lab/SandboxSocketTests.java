package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@LabTest
class SandboxSocketTests {

    @AutoClose
    private final LabClient client;

    private String sandbox = "";

    SandboxSocketTests(@LocalServerPort int port) {
        client = new LabClient(port);
    }

    @BeforeEach
    void start() {
        sandbox = client.sandbox();
    }

    @Test
    void tellsStateAndSnapshotAtOnce() {
        TestSocket watch = client.watch(sandbox);
        assertThat(watch.message("state").get("state").asString()).isEqualTo("running");
        JsonNode snapshot = watch.message("snapshot");
        assertThat(snapshot.get("sandbox").asString()).isEqualTo(sandbox);
        assertThat(snapshot.get("processes"))
                .anySatisfy(init -> assertThat(init.get("pid").asInt()).isOne());
    }

    @Test
    void tellsTerminalsAsTheyComeAndGo() {
        TestSocket watch = client.watch(sandbox);
        String terminal = client.terminal(sandbox, "sh", "-c", "exit 3");
        watch.message(message -> message.at("/terminals/0/exit/status").asInt() == 3, "the exit of tty1");
        watch.forget();
        client.delete("/api/terminals/" + terminal);
        assertThat(watch.message("state").get("terminals")).isEmpty();
    }

    @Test
    void tellsNewNamespacesAndTheCallsThatMadeThem() {
        TestSocket watch = client.watch(sandbox);
        TestSocket shell = client.attach(client.terminal(sandbox));
        shell.type("unshare --uts sh -c 'hostname inner; sleep 1000'\r");
        JsonNode call =
                watch.message(message -> message.path("syscall").asString().equals("unshare"), "the call of unshare");
        assertThat(call.get("flags").toString()).isEqualTo("[\"CLONE_NEWUTS\"]");
        assertThat(call.get("command").asString()).isEqualTo("unshare");
        watch.message(
                message -> message.path("namespaces")
                        .valueStream()
                        .anyMatch(namespace ->
                                namespace.get("hostname").asString("").equals("inner")),
                "the new UTS namespace");
    }

    @Test
    void seesAProcessThatEndsSilently() {
        TestSocket watch = client.watch(sandbox);
        client.terminal(sandbox, "sh", "-c", "mkfifo /tmp/end; cat /tmp/end > /dev/null; exec sleep 1000");
        watch.message(message -> runs(message, "cat"), "cat");
        watch.forget();
        client.terminal(sandbox, "sh", "-c", "sleep 1; echo > /tmp/end; exec sleep 1000");
        watch.message(message -> message.has("processes") && !runs(message, "cat"), "no cat");
    }

    @Test
    void sendsNothingWhileNothingChanges() {
        TestSocket watch = client.watch(sandbox);
        long first = watch.message("snapshot").get("revision").asLong();
        TestSocket shell = client.attach(client.terminal(sandbox, "sh"));
        shell.type("for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.05; done; exec sleep 1000\r");
        watch.message(message -> runs(message, "sleep") && !runs(message, "sh"), "sleep alone");
        assertThat(watch.messages())
                .filteredOn(message -> message.get("type").asString().equals("snapshot"))
                .extracting(message -> message.get("revision").asLong())
                .startsWith(first)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void tellsResetAndEnd() {
        TestSocket watch = client.watch(sandbox);
        client.terminal(sandbox);
        client.post("/api/sandboxes/" + sandbox + "/reset");
        watch.message(message -> message.path("state").asString().equals("resetting"), "the reset");
        client.delete("/api/sandboxes/" + sandbox);
        JsonNode ended =
                watch.message(message -> message.path("state").asString().equals("ended"), "the end");
        assertThat(ended.get("reason").asString()).isNotBlank();
        assertThat(ended.at("/endReason/code").asString()).isEqualTo("requested");
        assertThat(watch.closed()).isEqualTo(4404);
    }

    @Test
    void summarisesAFloodOfCallsAndDelaysNobodyElse() {
        int many = 100_000;
        String unshare = "amd64".equals(System.getProperty("os.arch")) ? "272" : "97";
        TestSocket watch = client.watch(sandbox);
        TestSocket other = client.attach(client.terminal(client.sandbox(), "cat"));
        TestSocket shell = client.attach(client.terminal(sandbox, "bash"));
        shell.type("perl -e 'syscall(" + unshare + ", 0x04000000) for 1.." + many + "'; echo all' 'over\r");
        watch.message("lost");
        other.type("still here\r");
        other.expect("still here");
        shell.expect("all over");
        watch.await(() -> told(watch.messages()) >= many, "every call, told or counted");
        assertThat(watch.messages().stream().filter(SandboxSocketTests::isEvent))
                .hasSizeLessThan(many / 2);
    }

    private static boolean isEvent(JsonNode message) {
        return message.get("type").asString().equals("event");
    }

    private static long told(List<JsonNode> messages) {
        return messages.stream()
                .mapToLong(
                        message -> isEvent(message) ? 1 : message.path("count").asLong(0))
                .sum();
    }

    @Test
    void tellsWhoDiesWithAnInit() {
        TestSocket watch = client.watch(sandbox);
        TestSocket killer = client.attach(client.terminal(sandbox));
        TestSocket shell = client.attach(client.terminal(sandbox));
        shell.type("unshare -p -f --mount-proc sh -c 'sleep 1000 & sleep 1001; :'; echo\r");
        JsonNode nested = watch.message(
                message -> message.path("processes")
                                .valueStream()
                                .filter(process ->
                                        process.get("command").asString().equals("sleep"))
                                .count()
                        == 2,
                "both sleeps");
        JsonNode init = nested.get("processes")
                .valueStream()
                .filter(process ->
                        process.get("pids").size() == 2 && process.at("/pids/1").asInt() == 1)
                .findFirst()
                .orElseThrow();
        killer.type("kill -9 " + init.get("pid") + "\r");
        JsonNode call = watch.message(message -> message.has("signal") && isEvent(message), "the call of kill");
        assertThat(call.get("target")).isEqualTo(init.get("pid"));
        JsonNode death = watch.message("exit");
        assertThat(death.get("pids")).isEqualTo(init.get("pids"));
        assertThat(death.get("signal").asString()).isEqualTo("SIGKILL");
        assertThat(death.get("along")).hasSize(2);
    }

    @Test
    void heedsNothingThatIsSaid() {
        TestSocket watch = client.watch(sandbox);
        watch.sendJson("nonsense");
        watch.send(new byte[100_000]);
        client.terminal(sandbox);
        watch.message(message -> message.at("/terminals/0/name").asString("").equals("tty1"), "tty1");
    }

    private static boolean runs(JsonNode message, String command) {
        return message.path("processes")
                .valueStream()
                .anyMatch(process -> process.get("command").asString().equals(command));
    }
}
