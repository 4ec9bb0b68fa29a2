package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.sandbox.Attacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@LabTest
class TerminalSocketTests {

    private static final int MB = 1024 * 1024;

    @AutoClose
    private final LabClient client;

    private String sandbox = "";

    TerminalSocketTests(@LocalServerPort int port) {
        client = new LabClient(port);
    }

    @BeforeEach
    void start() {
        sandbox = client.sandbox();
    }

    @Test
    void isARealTerminal() {
        TestSocket socket = shell();
        socket.type("tty; stty size; echo $((6 * 7)); echo 中文 🦊\r");
        socket.expect("/dev/pts/0\r\n24 80\r\n42\r\n中文 🦊\r\n");
    }

    @Test
    void tellsFirstWhereItAttaches() {
        TestSocket socket = shell();
        socket.message("viewers");
        assertThat(socket.messages().getFirst().toString())
                .matches("\\{\"type\":\"attached\",\"offset\":0,\"live\":\\d+,\"cols\":80,\"rows\":24}");
    }

    @Test
    void resizes() {
        TestSocket socket = shell();
        socket.resize(132, 43);
        assertThat(socket.message("size").toString()).isEqualTo("{\"type\":\"size\",\"cols\":132,\"rows\":43}");
        socket.type("stty size\r");
        socket.expect("43 132");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"resize\",\"cols\":0,\"rows\":0}",
                "{\"type\":\"resize\",\"cols\":1000000000,\"rows\":1}",
                "{\"type\":\"resize\",\"cols\":99999999999999999999,\"rows\":1}",
                "{\"type\":\"resize\"}",
                "{\"type\":\"ack\",\"bytes\":-5}",
                "{\"type\":\"ack\",\"bytes\":\"many\"}",
                "{\"type\":\"unknown\"}",
                "{\"no\":\"type\"}",
                "[]",
                "",
                "{"
            })
    void refusesBadMessagesAndStays(String json) {
        TestSocket socket = shell();
        socket.sendJson(json);
        assertThat(socket.message("error").get("detail").asString()).isNotBlank();
        socket.type("echo st''ill here; stty size\r");
        socket.expect("still here\r\n24 80");
    }

    @Test
    void endsWhoSendsEndlessControlMessages() {
        TestSocket socket = shell();
        socket.sendJson("x".repeat(100_000));
        assertThat(socket.closed()).isEqualTo(1009);
        shellAgain(socket).type("exit\r");
    }

    @Test
    void tellsTheExitAfterTheLastOutput() {
        TestSocket socket = client.attach(client.terminal(sandbox, "sh", "-c", "seq 100000; exit 7"));
        assertThat(socket.message("exit").toString()).isEqualTo("{\"type\":\"exit\",\"status\":7,\"signal\":null}");
        assertThat(socket.printed()).endsWith("\r\n100000\r\n");
    }

    /**
     * Because the viewer acknowledges nothing, the output stays in the PTY, which at the shell's end was not read for a
     * while.
     */
    @Test
    void losesNothingThatWaitsInThePtyWhenTheShellEnds() {
        int window = 256 * 1024;
        String fill = "head -c " + window + " /dev/zero | tr '\\0' x";
        TestSocket socket = client.attach(client.terminal(
                sandbox, "sh", "-c", "stty -onlcr -echo; echo ready; read go; " + fill + "; sleep 0.1; echo the end"));
        socket.expect("ready\n");
        socket.forget();
        socket.sendJson("{\"type\":\"ack\",\"bytes\":6}");
        socket.type("\r");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !client.get("/api/sandboxes/" + sandbox)
                        .body()
                        .at("/terminals/0/exit")
                        .isNull());
        socket.sendJson("{\"type\":\"ack\",\"bytes\":" + window + "}");
        socket.message("exit");
        assertThat(socket.printed()).hasSize(window + 8).endsWith("xthe end\n");
    }

    /** The kernel keeps only some KB for a program. The thread that waits with the rest ends with the sandbox. */
    @Test
    void leavesNothingBehindOfWhatNoProgramReads() throws IOException {
        int before = terminalsOfTheMachine();
        for (int number = 0; number < 5; number++) {
            TestSocket socket =
                    client.attach(client.terminal(sandbox, "sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"));
            socket.expect("ready");
            socket.send(new byte[100 * 1024]);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> writers() == 5);
        client.delete("/api/sandboxes/" + sandbox);
        await().atMost(Duration.ofSeconds(30)).until(() -> writers() == 0 && terminalsOfTheMachine() <= before);
    }

    private static long writers() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals("dev.nslab.terminal.Pump")
                                && frame.getMethodName().equals("write")))
                .count();
    }

    private static int terminalsOfTheMachine() throws IOException {
        return Integer.parseInt(
                Files.readString(Path.of("/proc/sys/kernel/pty/nr")).strip());
    }

    /** One thread reads all terminals, so it must wait for none. */
    @Test
    void readsOnWhereverAProgramClosesItsTerminalAndOpensItAgain() {
        for (int number = 0; number < 30; number++) {
            client.terminal(sandbox, "perl", "-e", Attacks.source("reopen"));
        }
        TestSocket neighbour = client.attach(client.terminal(client.sandbox(), "sh"));
        for (int number = 0; number < 20; number++) {
            neighbour.type("sleep 0.05; echo we''ll" + number + "\r");
            neighbour.expect("well" + number);
        }
    }

    @Test
    void tellsTheSignalThatEndedTheShell() {
        TestSocket socket = shell();
        socket.type("kill -9 $$\r");
        assertThat(socket.message("exit").toString())
                .isEqualTo("{\"type\":\"exit\",\"status\":137,\"signal\":\"SIGKILL\"}");
    }

    @Test
    void tellsTheExitThoughABackgroundJobHoldsTheTerminal() {
        TestSocket socket = shell();
        socket.type("setsid sleep 1000 & sleep 0.2; exit 5\r");
        assertThat(socket.message("exit").get("status").asInt()).isEqualTo(5);
    }

    @Test
    void replaysWhatAnEndedTerminalPrinted() {
        String terminal = client.terminal(sandbox, "sh", "-c", "echo last words; exit 1");
        client.attach(terminal).message("exit");
        TestSocket late = client.attach(terminal);
        assertThat(late.message("exit").get("status").asInt()).isEqualTo(1);
        assertThat(late.printed()).isEqualTo("last words\r\n");
    }

    @Test
    void resumesWithoutLossOrRepetition() {
        String terminal = client.terminal(sandbox, "sh", "-c", "stty -onlcr; seq 30000; exec cat");
        TestSocket first = client.attach(terminal);
        first.expect("\n30000\n");
        int middle = first.size() / 2;
        first.abort();
        TestSocket second = client.attach(terminal);
        second.message("attached");
        second.sendJson("{\"type\":\"resume\",\"offset\":" + middle + "}");
        second.message(message -> message.path("offset").asInt() == middle, "attached at " + middle);
        second.forget();
        TestSocket third = client.attach(terminal);
        third.expect("\n30000\n");
        third.sendJson("{\"type\":\"resume\",\"offset\":" + middle + "}");
        third.message(message -> message.path("offset").asInt() == middle, "attached at " + middle);
        byte[] all = first.bytes();
        third.await(() -> third.size() == all.length + all.length - middle, "the second half again");
        assertThat(Arrays.copyOfRange(third.bytes(), all.length, third.size()))
                .isEqualTo(Arrays.copyOfRange(all, middle, all.length));
    }

    @Test
    void showsTheSameToSeveralViewers() {
        String terminal = client.terminal(sandbox);
        TestSocket one = client.attach(terminal);
        TestSocket two = client.attach(terminal);
        one.message(message -> message.path("count").asInt() == 2, "two viewers");
        two.type("echo to''gether\r");
        one.expect("together");
        two.expect("together");
        two.close();
        one.message(message -> message.path("count").asInt() == 1, "one viewer");
    }

    @Test
    void runsOnWhileNobodyLooks() {
        String terminal = client.terminal(sandbox, "sh", "-c", "seq 1000000; echo finished; exec sleep 1000");
        client.attach(terminal).abort();
        TestSocket later = client.attach(terminal);
        later.expect("finished");
    }

    @Test
    void takesAPasteOfTenMegabytesWhole() throws Exception {
        byte[] paste = new byte[10 * MB];
        new Random(11).nextBytes(paste);
        TestSocket socket = client.attach(client.terminal(
                sandbox, "sh", "-c", "stty raw -echo; echo ready; head -c " + paste.length + " | sha256sum"));
        socket.expect("ready");
        for (int from = 0; from < paste.length; from += MB) {
            socket.send(Arrays.copyOfRange(paste, from, from + MB));
        }
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(paste));
        socket.expect(sum);
    }

    @Test
    void givesBackAllThatIsPastedToOneWhoAcknowledges() {
        byte[] paste = "0123456789abcde\n".repeat(4 * MB / 16).getBytes(StandardCharsets.US_ASCII);
        TestSocket socket = client.attach(client.terminal(sandbox, "sh", "-c", "stty raw -echo; echo ready; exec cat"));
        socket.acknowledge(64 * 1024);
        socket.expect("ready");
        int before = socket.size();
        CompletableFuture<Void> pasting = CompletableFuture.runAsync(() -> socket.send(paste));
        socket.await(() -> socket.size() == before + paste.length, "the whole paste");
        pasting.join();
        assertThat(Arrays.copyOfRange(socket.bytes(), before, before + paste.length))
                .isEqualTo(paste);
    }

    @Test
    void stopsAtTheWindowOfOneWhoAcknowledgesNoMore() {
        TestSocket socket = client.attach(client.terminal(sandbox, "sh", "-c", "read go; exec yes"));
        socket.sendJson("{\"type\":\"ack\",\"bytes\":0}");
        socket.type("\r");
        socket.await(() -> socket.size() >= 256 * 1024, "a window of output");
        socket.resize(100, 30);
        socket.message("size");
        assertThat(socket.bytes()).hasSizeLessThanOrEqualTo(256 * 1024);
        socket.sendJson("{\"type\":\"ack\",\"bytes\":100000}");
        socket.await(() -> socket.size() >= 256 * 1024 + 90_000, "more output");
    }

    @Test
    void interruptsAFlood() {
        TestSocket socket = shell();
        socket.acknowledge(64 * 1024);
        socket.type("PS1='d''one> '; yes\r");
        socket.await(() -> socket.size() > MB, "a flood");
        socket.type("\003");
        socket.expect("done> ");
    }

    @Test
    void keepsTheTerminalWhenTheSocketIsCutInTheMiddle() {
        String terminal = client.terminal(sandbox);
        TestSocket cut = client.attach(terminal);
        cut.type("yes\r");
        cut.await(() -> cut.size() > MB, "a flood");
        cut.abort();
        TestSocket again = client.attach(terminal);
        again.type("\003");
        again.expect("^C");
        again.type("echo al''ive\r");
        again.expect("alive");
    }

    @Test
    void endsWhatRunsInAClosedTerminal() {
        String terminal = client.terminal(sandbox);
        TestSocket socket = client.attach(terminal);
        socket.type("nohup sleep 1234 & nohup sleep 1235; echo started\r");
        socket.expect("nohup: ");
        client.delete("/api/terminals/" + terminal);
        assertThat(socket.closed()).isEqualTo(4404);
        TestSocket witness = shell();
        witness.type("until ! pgrep sleep; do :; done; echo no''ne left\r");
        witness.expect("none left");
    }

    private TestSocket shell() {
        return client.attach(client.terminal(sandbox));
    }

    private TestSocket shellAgain(TestSocket closed) {
        closed.close();
        return shell();
    }
}
