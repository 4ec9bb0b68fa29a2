package dev.nslab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.linux.SeqPacketSocket;
import dev.nslab.linux.SeqPacketSocket.Packet;
import dev.nslab.linux.TestFds;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The helper receives what no server sends. It refuses it or ignores it, and answers the next request. */
@Tag("sandbox")
class HelperRequestTests {
    private static final String MANY = "many";
    private static final String MANY_WORDS = "a ".repeat(1025);

    private static final List<String> REQUESTS = List.of(
            "nonsense",
            "",
            MANY_WORDS,
            "spawn",
            "spawn 1 80 24 /root 2 bash",
            "spawn 1 80 24 /root 1000000 bash",
            "spawn 1 80 24 /root -1 bash",
            "spawn 1 80 24 /root 0 bash",
            "spawn 1 x y /nowhere 1 /no/such/program",
            "spawn 1 99999999999 -5 /root 1 true",
            "end",
            "end -1",
            "end 0",
            "end 1",
            "end 99999999999",
            "look 1",
            "look 1 x",
            "look 1 99999999999",
            "describe 1 1 ../../..",
            "describe 1 1 ns/uts x",
            "describe 1 1 ns/uts 2147483647",
            "describe 1 1 ns/user 0",
            "describe 1 1 ns/mnt 0",
            "describe 1 1 fd/3 0",
            "describe 1 x x 0",
            "describe 1 1 " + "../".repeat(5000) + " 0",
            "files 1 x",
            "files 1 " + "1 ".repeat(1000),
            "files " + "9".repeat(4000) + " 1",
            "traffic",
            "traffic " + "9".repeat(4090),
            "quieten");

    private final Poller poller = new Poller("test poller");
    private SealedProgram program;
    private Launcher launcher;

    HelperRequestTests() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        program = TestHelper.program();
        launcher = Launcher.start(program, poller, List.of(), () -> {});
    }

    @AfterEach
    void end() {
        launcher.dismiss();
        await().until(() -> !launcher.process().isAlive());
        program.close();
        poller.close();
    }

    private void say(String words) {
        TestFds.send(launcher.socket().fd(), (words.replace(' ', '\0') + '\0').getBytes(UTF_8));
    }

    /** The next packet, as words with blanks between them. */
    private String answer() throws Exception {
        SeqPacketSocket socket = launcher.socket();
        Packet packet = await().until(socket::receive, received -> received != null);
        packet.close();
        return new String(packet.bytes(), UTF_8).replace('\0', ' ');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "spec x", "spec", "spec nonsense x", MANY, "spec root size=1"})
    void aSpecificationThatIsNone(String spec) throws Exception {
        say(spec.equals(MANY) ? MANY_WORDS : spec);
        assertThat(answer()).startsWith("failed 0 ");
    }

    @Test
    void requestsThatAreNone() throws Exception {
        launcher.socket().send(TestHelper.spec().words().toBytes());
        String started = answer();
        assertThat(started).startsWith("started ");
        ChildProcess init = ChildProcess.adopt(Integer.parseInt(started.split(" ", -1)[1]), poller);
        assertThat(answer()).startsWith("ready ");
        for (String request : REQUESTS) {
            say(request);
            say("look 7 1");
            assertThat(answerTo("7")).as(request).startsWith("looked 7 ");
        }
        TestFds.send(launcher.socket().fd(), "unfinished".getBytes(UTF_8));
        TestFds.send(launcher.socket().fd(), new byte[60_000]);
        TestFds.send(launcher.socket().fd(), new byte[70_000]);
        TestFds.send(launcher.socket().fd(), "lost\0".getBytes(UTF_8), 0, 1, 2);
        say("look 8 1");
        assertThat(answerTo("8")).startsWith("looked 8 ");
        launcher.dismiss();
        await().until(() -> !init.isAlive());
    }

    /** An earlier request may be answered, too. */
    private String answerTo(String tag) throws Exception {
        String answer = answer();
        while (!answer.startsWith("looked " + tag + " ")) {
            answer = answer();
        }
        return answer;
    }
}
