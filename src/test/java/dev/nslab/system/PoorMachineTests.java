package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A whole server on a machine without cgroups, with a full disk and no PTY left. Mounts of its own make it so. */
@TestInstance(Lifecycle.PER_CLASS)
class PoorMachineTests {
    private static final String POOR = """
            mount -t tmpfs -o ro none /sys/fs/cgroup &&
            mount -t tmpfs -o size=64k none "$0" && { head -c 1m /dev/zero > "$0/full"; true; } &&
            mount -t devpts -o newinstance,ptmxmode=666,max=1 none /dev/pts && mount --bind /dev/pts/ptmx /dev/ptmx &&
            exec 9<>/dev/ptmx && exec "$@"
            """;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private IsolatedServer server;

    @BeforeAll
    void start(@TempDir Path disk) throws Exception {
        server = new IsolatedServer(POOR, disk, "--nslab.data-dir=" + disk.resolve("data"));
    }

    @AfterAll
    void end() throws Exception {
        server.close();
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void saysAtItsStartThatNoCgroupLimits() {
        await().untilAsserted(() -> assertThat(server.log()).contains("no cgroup limits [cpu, memory, pids]"));
    }

    @Test
    void sandboxesStartAndATerminalIsRefusedWithTheReason() throws Exception {
        HttpResponse<String> sandbox = send("POST", "/api/sandboxes", "{}");
        assertThat(sandbox.statusCode()).isEqualTo(201);
        String id = new JsonMapper().readTree(sandbox.body()).get("id").asString();
        HttpResponse<String> terminal =
                send("POST", "/api/sandboxes/" + id + "/terminals", "{\"cols\":80,\"rows\":24}");
        assertThat(terminal.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(terminal.body()).contains("No pseudo-terminal is left on this machine", "kernel.pty.max");
    }

    @Test
    void lessonsAreTaughtWithoutARoomForProgress() throws Exception {
        HttpResponse<String> lessons = send("GET", "/api/lessons", "");
        assertThat(lessons.statusCode()).isEqualTo(200);
        assertThat(lessons.body()).contains("\"id\"");
    }
}
