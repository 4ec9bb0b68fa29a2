package dev.nslab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Fd;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SeqPacketSocket;
import dev.nslab.linux.TestFds;
import dev.nslab.sandbox.spec.IdMap;
import dev.nslab.sandbox.spec.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A learner who has taken over their sandbox's init can send anything to the server, through a real control socket. */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
class HostileHelperTests {
    private static final ShellRequest ANY = new ShellRequest(List.of("bash"), 80, 24, Map.of());

    private final Poller poller = new Poller("test poller");
    private Sandboxes others;
    private Neighbour neighbour;

    private Process launcher;
    private Process init;
    private Fd helper;
    private Sandbox sandbox;
    private long before;

    HostileHelperTests() throws Exception {}

    @BeforeAll
    void startTheNeighbour() throws Exception {
        others = new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.program());
        neighbour = new Neighbour(others.start("lab"));
        take();
        leave();
    }

    /** Starts processes that do nothing, and opens a socket by which the test speaks for them. */
    @BeforeEach
    void take() throws Exception {
        before = openFiles();
        launcher = new ProcessBuilder("sleep", "1000").start();
        init = new ProcessBuilder("sleep", "1000").start();
        SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
        helper = pair.theirs();
        say("started", init.pid());
        say("ready", "pid", 1);
        Launcher taken = new Launcher(ChildProcess.adopt((int) launcher.pid(), poller), pair.ours(), () -> {});
        SandboxSpec spec = SandboxSpec.of(
                "lab", new IdMap(IdMap.Mapper.SINGLE, 0, 0, 1), TestLimits.DEFAULT, SandboxRights.ALL, Set.of(), false);
        sandbox = new Sandbox(
                "id",
                "lab",
                TestLimits.DEFAULT,
                observer -> UnshareHelper.start(taken, spec, poller, observer),
                ended -> {});
    }

    @AfterEach
    void leave() throws Exception {
        sandbox.end();
        helper.close();
        for (Process process : List.of(launcher, init)) {
            process.destroyForcibly().waitFor();
            process.getInputStream().close();
            process.getErrorStream().close();
            process.getOutputStream().close();
        }
        neighbour.isWell();
        await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(before));
    }

    @AfterAll
    void end() {
        others.close();
        poller.close();
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private void say(Object... words) {
        TestFds.send(helper, packet(words));
    }

    private static byte[] packet(Object... words) {
        StringBuilder packet = new StringBuilder();
        for (Object word : words) {
            packet.append(word).append('\0');
        }
        return packet.toString().getBytes(UTF_8);
    }

    private void isGivenUp() throws Exception {
        await().untilAsserted(() -> assertThat(sandbox.state()).isEqualTo(Sandbox.State.ENDED));
        assertThat(sandbox.endReason()).isEqualTo(EndReason.INIT_HIJACKED);
        assertThat(init.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> sandbox.open(ANY)).hasMessageContaining("its init said what it never says");
    }

    static Stream<byte[]> nonsense() {
        return Stream.of(
                packet("nonsense"),
                packet(""),
                "exited\0001\0000".getBytes(UTF_8),
                new byte[] {0},
                new byte[SeqPacketSocket.PACKET_BYTES],
                new byte[SeqPacketSocket.PACKET_BYTES + 1],
                new byte[100_000],
                new byte[] {(byte) 0xff, (byte) 0xfe, 0},
                packet("started", 1),
                packet("ready", "pid", 1),
                packet("ready", "pid", "x"),
                packet("spawned", 1, 2),
                packet("spawned", 1),
                packet("spawned", "", ""),
                packet("described", 1, 2, 3, 4, 5, ""),
                packet("described", 1, 0x20000, 3, 4, 5, "many", ""),
                packet("described", 1, 0x20000, 3, 4, 5),
                packet("looked", 1),
                packet("held", 1, 2, 3, "fd", "nonsense"),
                packet("exited", "99999999999", 0),
                packet("exited", 1, "99999999999999999999999"),
                packet("call", 1, "unshare", 1, 2),
                packet("lost", "many"),
                packet("failed", 1),
                packet("failed", 1, 1, "weather", "rain"));
    }

    @ParameterizedTest
    @MethodSource
    void nonsense(byte[] packet) throws Exception {
        TestFds.send(helper, packet);
        isGivenUp();
    }

    @Test
    void theEndBySilence() {
        TestFds.send(helper, new byte[0]);
        await().untilAsserted(() -> assertThat(sandbox.state()).isEqualTo(Sandbox.State.ENDED));
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("none", 0, "/dev/null"),
                Arguments.of("a device", 1, "/dev/null"),
                Arguments.of("a directory", 1, "/tmp"),
                Arguments.of("a file", 1, "/etc/passwd"),
                Arguments.of("many", 4, "/dev/null"),
                Arguments.of("too many", 5, "/dev/null"),
                Arguments.of("all that one may send", 253, "/dev/null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrongFiles(String name, int count, String path) throws Exception {
        CompletableFuture<Void> asker = ask();
        try (Fd file = TestFds.open(path)) {
            TestFds.send(
                    helper,
                    packet("spawned", 1, 2),
                    IntStream.range(0, count).map(_ -> file.number()).toArray());
        }
        isGivenUp();
        assertThat(asker).failsWithin(Console.DEADLINE).withThrowableThat().withMessageContaining("has ended");
    }

    private CompletableFuture<Void> ask() {
        CompletableFuture<Void> asker = CompletableFuture.runAsync(() -> {
            try {
                sandbox.open(ANY);
            } catch (SandboxException e) {
                throw new IllegalStateException(e);
            }
        });
        byte[] spec = TestFds.read(helper, Console.DEADLINE);
        assertThat(new String(spec, UTF_8)).startsWith("spec");
        assertThat(new String(TestFds.read(helper, Console.DEADLINE), UTF_8)).startsWith("spawn\0001\000");
        return asker;
    }

    @Test
    void anAnswerToAnotherQuestion() throws Exception {
        CompletableFuture<Void> asker = ask();
        say("looked", 1, 1, "name", "");
        isGivenUp();
        assertThat(asker).failsWithin(Console.DEADLINE);
    }

    /** A terminal that nobody requested is just closed. */
    @Test
    void terminalsThatNobodyAskedFor() throws Exception {
        try (Fd terminal = TestFds.open("/dev/ptmx")) {
            for (int pid = 2; pid < 500; pid++) {
                TestFds.send(helper, packet("spawned", pid, pid), terminal.number());
            }
        }
        say("exited", 2, 0);
        neighbour.isWell();
        assertThat(sandbox.state()).isEqualTo(Sandbox.State.RUNNING);
    }

    @Test
    void filesThatNobodyAskedFor() throws Exception {
        try (Fd file = TestFds.open("/dev/null")) {
            for (int count = 0; count < 1000; count++) {
                TestFds.send(helper, packet("exited", 7, 0), file.number(), file.number());
            }
        }
        neighbour.isWell();
        assertThat(sandbox.state()).isEqualTo(Sandbox.State.RUNNING);
    }

    /** The socket's buffer slows the flood down. Its turn ends after some packets, so the others have theirs. */
    @Test
    void aFlood() {
        Thread flood = Thread.ofPlatform().start(() -> {
            byte[] call = packet("call", 1, 1, "unshare", 0, 0, "bash", 4026531836L, 0);
            for (int count = 0; count < 100_000; count++) {
                TestFds.send(helper, call);
            }
        });
        while (flood.isAlive()) {
            neighbour.isWell();
        }
        assertThat(sandbox.state()).isEqualTo(Sandbox.State.RUNNING);
    }
}
