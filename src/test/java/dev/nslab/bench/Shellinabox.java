package dev.nslab.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A peer from Debian: shells on this machine, without sandboxes, by long polls over HTTP. */
final class Shellinabox implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/shellinaboxd");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final Process process;
    private final String url;

    private Shellinabox(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Null if it is not installed. */
    static @Nullable Shellinabox start() throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            return null;
        }
        int port = freePort();
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-t",
                        "--localhost-only",
                        "-p",
                        String.valueOf(port),
                        "--no-beep",
                        "--disable-utmp-logging",
                        "-s",
                        "/:root:root:/tmp:bash --norc")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Shellinabox peer = new Shellinabox(process, "http://127.0.0.1:" + port + "/");
        while (process.isAlive() && !peer.answers()) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return peer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** How long it takes from the request to the prompt. */
    Samples open(int warmUp, int rounds) throws Exception {
        return Samples.of(warmUp, rounds, () -> {
            long start = System.nanoTime();
            String session = poll("rooturl=" + URLEncoder.encode(url, StandardCharsets.UTF_8))
                    .get("session")
                    .asString();
            String mine = "session=" + URLEncoder.encode(session, StandardCharsets.UTF_8);
            StringBuilder output = new StringBuilder();
            while (output.indexOf(LabClient.PROMPT) < 0) {
                output.append(poll(mine).path("data").asString(""));
            }
            double took = Samples.since(start);
            var _ = send(mine + "&keys=04"); // ^D
            return took;
        });
    }

    private JsonNode poll(String parameters) throws IOException, InterruptedException {
        String answer = send(parameters);
        return json.readTree(answer.isBlank() ? "{}" : answer);
    }

    /** Sends a request. Returns JSON with what was printed or, for keys, a page that says OK. */
    private String send(String parameters) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "?"))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString("width=80&height=24&" + parameters))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
