package dev.nslab.sandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestHelper;
import dev.nslab.sandbox.TestLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares with what the kernel says about real processes. */
@Tag("sandbox")
class OomScoreTests {
    private static final int CAP_SYS_RESOURCE = 24;

    /** Whether this process may lower scores: not every root may, for example in a container. */
    private static boolean mayGoDown() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) >> CAP_SYS_RESOURCE & 1) == 1);
    }

    private static String of(Path process) throws Exception {
        return Files.readString(process.resolve("oom_score_adj")).strip();
    }

    private static Path sleep(String... prefix) throws Exception {
        Process process = new ProcessBuilder(prefix).start();
        process.getInputStream().read(); // reads its "x": now the score is set
        return Path.of("/proc", Long.toString(process.pid()));
    }

    @Test
    void theServerIsLastWhereItMayBe() throws Exception {
        Path process = sleep("sh", "-c", "echo 0 > /proc/self/oom_score_adj; echo x; exec sleep 1000");
        OomScore.last(process);
        assertThat(of(process)).isEqualTo(mayGoDown() ? "-900" : "0");
        end(process);
    }

    @Test
    void whatAnOperatorChoseStays() throws Exception {
        Path process = sleep("sh", "-c", "echo 300 > /proc/self/oom_score_adj; echo x; exec sleep 1000");
        OomScore.last(process);
        assertThat(of(process)).isEqualTo("300");
        end(process);
    }

    private static void end(Path process) {
        ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .orElseThrow()
                .destroyForcibly();
    }

    @Test
    void learnersAreFirst() throws Exception {
        Poller poller = new Poller("test poller");
        try (Sandboxes sandboxes = new Sandboxes(TestLimits.withSandboxes(1), poller, TestHelper.program())) {
            Sandbox sandbox = sandboxes.start("lab");
            assertThat(of(Path.of("/proc", Integer.toString(sandbox.init())))).isEqualTo("1000");
            try (Console console = Console.open(sandbox)) {
                assertThat(console.run("cat /proc/self/oom_score_adj")).isEqualTo("1000\n");
            }
        } finally {
            poller.close();
        }
    }
}
