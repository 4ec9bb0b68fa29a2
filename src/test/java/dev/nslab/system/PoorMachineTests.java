package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import dev.nslab.linux.Credentials;
import java.io.BufferedReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A whole server on a machine without cgroups, whose disk is full, and with no PTY left: by mounts of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class PoorMachineTests {
    private static final String READY = "nslab is ready: ";

    private static final String POOR = """
            mount -t tmpfs -o ro none /sys/fs/cgroup &&
            mount -t tmpfs -o size=64k none "$0" && { head -c 1m /dev/zero > "$0/full"; true; } &&
            mount -t devpts -o newinstance,ptmxmode=666,max=1 none /dev/pts && mount --bind /dev/pts/ptmx /dev/ptmx &&
            exec 9<>/dev/ptmx && exec "$@"
            """;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final StringBuilder log = new StringBuilder();
    private Process server;
    private String url = "";

    @BeforeAll
    void start(@TempDir Path disk) throws Exception {
        boolean root = Credentials.ofThisProcess().uid() == 0;
        List<String> command = new ArrayList<>(List.of("unshare", "-m"));
        if (!root) command.add("-Ur");
        command.addAll(List.of("sh", "-c", POOR, disk.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NslabApplication.class.getName(),
                "--server.port=0",
                "--nslab.data-dir=" + disk.resolve("data")));
        server = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = server.inputReader();
        String line = output.readLine();
        for (; line != null && !line.startsWith(READY); line = output.readLine())
            log.append(line).append('\n');
        if (line != null) url = line.substring(READY.length()).strip();
        assertThat(url).as(log.toString()).isNotEmpty();
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
    }

    @AfterAll
    void end() throws Exception {
        server.destroy();
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void saysAtItsStartThatNoCgroupLimits() {
        assertThat(log).contains("no cgroup limits [cpu, memory, pids]");
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
