package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.linux.Poller;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left of ended sandboxes, by the kernel's own counts. */
@Tag("sandbox")
class LeakTests {
    private static final int ROUNDS = 200;
    private static final int WARM_UP = 50;

    private record Use(long fds, long threads, long children, long mounts) {
        static Use now() throws IOException {
            return new Use(
                    entries("/proc/self/fd"),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ProcessHandle.current().children().count(),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")).size());
        }

        void isNoMoreThan(Use before) {
            assertThat(fds).as("file descriptors").isLessThanOrEqualTo(before.fds);
            assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads);
            assertThat(children).as("children").isLessThanOrEqualTo(before.children);
            assertThat(mounts).as("mounts").isLessThanOrEqualTo(before.mounts);
        }

        private static long entries(String directory) throws IOException {
            try (Stream<Path> all = Files.list(Path.of(directory))) {
                return all.count();
            }
        }
    }

    /** All native memory belongs to objects on the heap. */
    private static long heapKilobytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }

    @Test
    void twoHundredSandboxesLeaveNothing() throws Exception {
        Poller poller = new Poller("test poller");
        try (Sandboxes sandboxes = new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.program())) {
            use(sandboxes, WARM_UP);
            Use before = Use.now();
            long memoryBefore = heapKilobytes();
            use(sandboxes, ROUNDS);
            // The last ones are closed as the poller hears of their end. In this thread, as another would count.
            await().pollInSameThread().untilAsserted(() -> Use.now().isNoMoreThan(before));
            assertThat(heapKilobytes()).isLessThan(memoryBefore + 500);
        } finally {
            poller.close();
        }
    }

    private static void use(Sandboxes sandboxes, int rounds) throws SandboxException {
        for (int round = 0; round < rounds; round++) {
            Sandbox sandbox = sandboxes.start("lab");
            try (Console console = Console.open(sandbox)) {
                console.run("unshare -p -f --mount-proc sleep 1000 & true");
            }
            sandbox.end();
        }
    }
}
