package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Everything that was opened is closed, however it ended. The files and threads of this process, which is the server,
 * are counted.
 */
@LabTest
class LeakTests {

    @AutoClose
    private final LabClient client;

    LeakTests(@LocalServerPort int port) {
        client = new LabClient(port);
    }

    @Test
    void terminalsLeaveNothingBehind() {
        String sandbox = client.sandbox();
        for (int warm = 0; warm < 3; warm++) {
            openAndEnd(sandbox, warm);
        }
        long files = openFiles();
        long processes = children();
        for (int round = 0; round < 60; round++) {
            openAndEnd(sandbox, round);
        }
        client.get("/api/sandboxes/" + sandbox);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
            assertThat(children()).isLessThanOrEqualTo(processes);
        });
    }

    /** The kernel marks a mapped file that no longer has a name. */
    @Test
    void noLibraryOfTheTerminalsIsLeftOnDisk() throws IOException {
        client.terminal(client.sandbox(), "sh");
        List<String> mapped = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("libpty"))
                .toList();
        assertThat(mapped).isNotEmpty().allMatch(line -> line.endsWith(" (deleted)"));
        assertThat(Path.of(System.getProperty("pty4j.tmpdir"))).doesNotExist();
    }

    private void openAndEnd(String sandbox, int round) {
        String terminal = client.terminal(sandbox, "sh");
        TestSocket socket = client.attach(terminal);
        switch (round % 4) {
            case 0 -> client.delete("/api/terminals/" + terminal);
            case 1 -> {
                socket.type("exit\r");
                socket.message("exit");
            }
            case 2 -> {
                socket.type("yes\r");
                socket.expect("y\r\ny\r\n");
                socket.abort();
            }
            default -> socket.close();
        }
        client.delete("/api/terminals/" + terminal);
    }

    private static long openFiles() {
        return count(Path.of("/proc/self/fd"));
    }

    private static long children() {
        return ProcessHandle.current().descendants().count();
    }

    private static long count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
