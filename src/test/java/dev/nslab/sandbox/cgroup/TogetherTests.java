package dev.nslab.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.limits.Limits;
import dev.nslab.limits.Share;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestHelper;
import dev.nslab.sandbox.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two sandboxes that each keep to their own limits must together keep to that of all, by what the kernel's files say.
 * Where no cgroups can be made, all sandboxes share the server's own limits.
 */
@Tag("sandbox")
class TogetherTests {
    private static final int MEGABYTE = 1 << 20;
    private static final int MEMORY = 200;
    private static final int PROCESSES = 100;
    /** This is so little that even on a busy machine they would get more without the limit. */
    private static final double CPUS = 0.3;

    private final Poller poller = new Poller("test");
    private final Sandboxes sandboxes = new Sandboxes(limits(), poller, TestHelper.program());
    private Console one;
    private Console other;

    TogetherTests() throws Exception {}

    private static Limits limits() {
        return TestLimits.with(Map.of(
                "sandboxes", 2, "all-memory", MEMORY + "MB", "all-processes", "" + PROCESSES, "all-cpus", "" + CPUS));
    }

    @BeforeEach
    void start() throws Exception {
        one = Console.open(sandboxes.start("one"));
        other = Console.open(sandboxes.start("other"));
    }

    @AfterEach
    void end() {
        one.close();
        other.close();
        sandboxes.close();
        poller.close();
    }

    /** Reads a file of the cgroup of all sandboxes, by its name in version 2 or version 1. */
    private long witness(String... files) {
        return sandboxes.cgroups().stream()
                .flatMap(cgroup -> Stream.of(files).map(cgroup::resolve))
                .filter(Files::exists)
                .map(TogetherTests::lastNumber)
                .findFirst()
                .orElseThrow();
    }

    private static long lastNumber(Path file) {
        try {
            String[] words = Files.readString(file).strip().split("\\s+", -1);
            return Long.parseLong(words[words.length - 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fill(Console console) {
        return console.run("mount -t tmpfs -o size=1G none /mnt; dd if=/dev/zero of=/mnt/x bs=1M count=150 2>/dev/null;"
                + " stat -c %s /mnt/x");
    }

    @Test
    void memory() {
        assertThat(fill(one)).isEqualTo(150 * MEGABYTE + "\n");
        if (!TestCgroups.CAN_BE_MADE) {
            assertThat(fill(other)).isEqualTo(150 * MEGABYTE + "\n");
            return;
        }
        other.type("mount -t tmpfs -o size=1G none /mnt; dd if=/dev/zero of=/mnt/x bs=1M count=150; echo en''d\n");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> witness("memory.peak", "memory.max_usage_in_bytes") > (MEMORY - 5L) * MEGABYTE);
        assertThat(witness("memory.peak", "memory.max_usage_in_bytes")).isLessThanOrEqualTo((long) MEMORY * MEGABYTE);
        assertThat(witness("memory.current", "memory.usage_in_bytes")).isLessThanOrEqualTo((long) MEMORY * MEGABYTE);
    }

    /** Processes that start no program, which would take long within so little time. */
    private static final String EIGHTY =
            "perl -e 'for (1..80) { my $pid = fork // ++$failed && next; $pid or sleep 1000, exit } print $failed + 0, qq( failed\\n)'";

    @Test
    void processes() {
        assertThat(one.run(EIGHTY)).isEqualTo("0 failed\n");
        if (!TestCgroups.CAN_BE_MADE) {
            assertThat(other.run(EIGHTY)).isEqualTo("0 failed\n");
            return;
        }
        other.type("for i in {1..80}; do sleep 1000 & done\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> witness("pids.current") == PROCESSES);
        assertThat(witness("pids.max")).isEqualTo(PROCESSES);
    }

    @Test
    void processorTime() throws IOException {
        List.of(one, other).forEach(console -> console.type("while :; do :; done\n"));
        if (!TestCgroups.CAN_BE_MADE) {
            assertThat(sandboxes.unlimited()).contains("cpu");
            return;
        }
        long began = System.nanoTime();
        long before = used();
        await().atMost(Duration.ofSeconds(20)).until(() -> throttled() >= 10);
        double cpus = (double) (used() - before) / (System.nanoTime() - began);
        assertThat(cpus).isStrictlyBetween(0.0, CPUS * 1.3);
    }

    private long throttled() {
        return sandboxes.cgroups().stream()
                .map(cgroup -> cgroup.resolve("cpu.stat"))
                .filter(Files::exists)
                .flatMap(TogetherTests::lines)
                .filter(line -> line.startsWith("nr_throttled "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }

    /** Nanoseconds for which all processes in the sandboxes' cgroups have run (proc_pid_schedstat(5)). */
    private long used() throws IOException {
        long used = 0;
        for (String pid : members()) {
            used += Long.parseLong(
                    Files.readString(Path.of("/proc", pid, "schedstat")).split(" ", -1)[0]);
        }
        return used;
    }

    /** In version 2 they are in cgroups below those of the sandboxes. */
    private List<String> members() throws IOException {
        try (Stream<Path> all = Files.walk(sandboxes.cgroups().getFirst())) {
            return all.filter(file -> file.endsWith("cgroup.procs"))
                    .flatMap(TogetherTests::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"75%, 750", "100%, 1000", "1GB, 1073741824", "0.5, 0.5", "300, 300"})
    void sharesAreReadAsTheyAreMeant(String text, double amount) {
        assertThat(Share.valueOf(text).of(1000)).isEqualTo(amount);
    }
}
