package dev.nslab.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.linux.Credentials;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.Offence;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.Sandbox.State;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestHelper;
import dev.nslab.sandbox.TestLimits;
import dev.nslab.sandbox.Traffic;
import dev.nslab.sandbox.UnderAttack;
import dev.nslab.sandbox.Usability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One learner harms all others by something that no cgroup counts. The watchdog finds that learner, and nobody else.
 */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
class RoomTests {
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration ATTACK = Duration.ofSeconds(8);

    /** In ms. Below this, other programs of the machine matter more than any attack. */
    private static final double NOISE = 100;

    private Poller poller;
    private Sandboxes sandboxes;
    private Watchdog watchdog;
    private Usability neighbour;
    private Usability.Figures besideSpin;
    private Sandbox sandbox;
    private Console console;

    @BeforeAll
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = new Sandboxes(TestLimits.with(Map.of("processes", 600)), poller, TestHelper.program());
        watchdog = Watchdog.over(sandboxes, TestLimits.WATCHDOG);
        neighbour = new Usability(sandboxes);
        besideSpin = besideSpin();
    }

    @BeforeEach
    void startOne() throws Exception {
        sandbox = sandboxes.start("lab");
        console = Console.open(sandbox);
    }

    @AfterEach
    void endIt() {
        sandbox.end();
        console.close();
    }

    @AfterAll
    void end() {
        watchdog.close();
        neighbour.close();
        sandboxes.close();
        poller.close();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("bridges", "bash", Offence.LOOP),
                Arguments.of("hidden-bridges", "perl", Offence.HIDDEN),
                Arguments.of("transmit-queues", "bash", Offence.MEMORY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void theOffenderEndsAndNobodyElseIsHarmed(String attack, String interpreter, Offence offence) throws Exception {
        long before = kernelBytes();
        int init = sandbox.init();
        UnderAttack.bring(console, attack);
        console.type(interpreter + " /tmp/" + attack + "\n");
        Usability.Figures besideAttack = neighbour.measure(ATTACK);
        System.out.println(attack + ": " + besideAttack + "; beside a spin: " + besideSpin);
        await().atMost(ATTACK).until(() -> sandbox.state() == State.ENDED);
        assertThat(sandbox.endReason()).isEqualTo(EndReason.watchdog(offence));
        assertThat(besideAttack.echo()).isLessThan(Math.max(3 * besideSpin.echo(), NOISE));
        assertThat(besideAttack.snapshot()).isLessThan(500);
        nothingIsLeft(init, before);
    }

    /** What harmed all others is now refused. A learner who goes on trying pays with their own processor time. */
    @ParameterizedTest
    @ValueSource(strings = {"processors", "socket-programs", "filters"})
    void whatIsRefusedHarmsNobody(String attack) throws Exception {
        UnderAttack.bring(console, attack);
        console.type("while :; do perl /tmp/" + attack + "; done > /dev/null 2>&1\n");
        Usability.Figures besideAttack = neighbour.measure(Duration.ofSeconds(4));
        System.out.println(attack + ": " + besideAttack + "; beside a spin: " + besideSpin);
        assertThat(besideAttack.echo()).isLessThan(Math.max(3 * besideSpin.echo(), NOISE));
        assertThat(besideAttack.snapshot()).isLessThan(500);
        assertThat(sandbox.state()).isEqualTo(State.RUNNING);
    }

    private Usability.Figures besideSpin() throws SandboxException {
        Sandbox other = sandboxes.start("lab");
        try (Console spin = Console.open(other)) {
            spin.type("for i in 1 2; do while :; do :; done & done\n");
            return neighbour.measure(Duration.ofSeconds(4));
        } finally {
            other.end();
        }
    }

    /** Links end with their namespace, and free what they took. */
    private void nothingIsLeft(int init, long before) {
        assertThat(Path.of("/proc", Integer.toString(init))).doesNotExist();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(kernelBytes() - before).isLessThan(200L << 20));
    }

    /** A server that is root closes these files to learners. Here they are open, as with any other server. */
    @Test
    void whoWatchesTheMachinesPressureTooMuchEnds() throws Exception {
        Path folder = Path.of("/proc/pressure");
        boolean isRoot = Credentials.ofThisProcess().uid() == 0 && Files.exists(folder.resolve("cpu"));
        Set<PosixFilePermission> before = isRoot ? Files.getPosixFilePermissions(folder.resolve("cpu")) : Set.of();
        if (isRoot) {
            open(folder, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        try {
            watchPressure();
        } finally {
            if (isRoot) {
                open(folder, before);
            }
        }
    }

    /**
     * Tries first whether the kernel grants a trigger. With the last of many, the sandbox may be gone, and the console
     * with it.
     */
    private void watchPressure() {
        String said = console.run(
                "( exec 3<>/proc/pressure/cpu && echo 'some 500000 1000000' >&3 && echo granted ) 2>&1 | cat");
        if (!said.equals("granted\n")) {
            assertThat(said).containsPattern("denied|Read-only|No such file|not supported");
            return;
        }
        UnderAttack.bring(console, "triggers");
        console.type("perl /tmp/triggers\n");
        await().atMost(ATTACK).until(() -> sandbox.state() == State.ENDED);
        assertThat(sandbox.endReason()).isEqualTo(EndReason.watchdog(Offence.TRIGGERS));
    }

    private static void open(Path folder, Set<PosixFilePermission> permissions) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, permissions);
            }
        }
    }

    static Stream<Arguments> loads() {
        String datagrams = "perl /tmp/datagrams %s 11";
        return Stream.of(
                Arguments.of(
                        "a flood of pings, or what is like it",
                        100_000,
                        "ip link set lo up; perl /tmp/datagrams receive 11 & " + datagrams.formatted("127.0.0.1")),
                Arguments.of(
                        "datagrams through a cable",
                        100_000,
                        ". /tmp/cable; $there perl /tmp/datagrams receive 11 & " + datagrams.formatted("10.1.0.2")),
                Arguments.of(
                        "a stream through a cable",
                        5_000,
                        ". /tmp/cable; $there perl /tmp/stream receive 11 & sleep 0.5; perl /tmp/stream 10.1.0.2 11 131072"),
                Arguments.of(
                        "small parts of a stream through a cable",
                        50_000,
                        ". /tmp/cable; $there perl /tmp/stream receive 11 & sleep 0.5; perl /tmp/stream 10.1.0.2 11 64"),
                Arguments.of(
                        "broadcasts through a bridge of 16 ports",
                        500_000,
                        "ports=16; . /tmp/switch; sleep 0.5; " + datagrams.formatted("10.1.0.255") + " & "
                                + datagrams.formatted("10.1.0.255")),
                Arguments.of(
                        "a build on all processors",
                        0,
                        "for i in {1..8}; do (while :; do find /usr/share /usr/lib -newer /etc/passwd | head -1000 | xargs -n 50 cat | gzip | sha256sum; done) & done >/dev/null 2>&1"),
                Arguments.of(
                        "links that are made and removed, while a monitor listens",
                        0,
                        "ip monitor >/dev/null & while :; do ip link add d0 type veth peer name d1; ip link del d0; done"),
                Arguments.of(
                        "500 processes",
                        0,
                        "for i in {1..500}; do sleep 60 & done; while :; do ps -ef >/dev/null; done"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void anHonestLoadIsLeftAlone(String name, int packets, String load) throws Exception {
        UnderAttack.bring(console, "datagrams", "stream", "cable", "switch");
        console.type("(" + load + ") 2>/dev/null\n");
        neighbour.measure(LOAD);
        Traffic done = sandbox.traffic();
        assertThat(done.ticks()).isGreaterThan(100);
        assertThat(done.packets().values().stream().mapToLong(Long::longValue).sum())
                .isGreaterThanOrEqualTo(packets);
        assertThat(sandbox.state()).isEqualTo(State.RUNNING);
        assertThat(sandbox.linksDown()).isNull();
    }

    private static long kernelBytes() {
        try {
            return RoomFigures.read(Path.of("/proc")).kernelBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
