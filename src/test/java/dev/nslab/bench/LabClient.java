package dev.nslab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A program that uses the lab. */
final class LabClient {
    static final String PROMPT = "# ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final String url;

    LabClient(String url) {
        this.url = url;
    }

    /** A terminal to which the client is attached. */
    record Terminal(String id, WebSocket socket, Line line) {
        void type(String text) {
            socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                    .join();
        }
    }

    String newSandbox() throws IOException, InterruptedException {
        return id("POST", "/api/sandboxes", "{}");
    }

    void endSandbox(String id) throws IOException, InterruptedException {
        send("DELETE", "/api/sandboxes/" + id, "");
    }

    Terminal open(String sandbox) throws IOException, InterruptedException {
        String id = id("POST", "/api/sandboxes/" + sandbox + "/terminals", "{\"cols\":80,\"rows\":24}");
        Line line = new Line();
        return new Terminal(id, attach("/ws/terminals/" + id, line), line);
    }

    /** Opens a terminal that runs the shell command. What it prints is acknowledged and forgotten. */
    void runToSink(String sandbox, String command) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("command", List.of("bash", "-c", command)));
        attach("/ws/terminals/" + id("POST", "/api/sandboxes/" + sandbox + "/terminals", body), new Sink());
    }

    Terminal openReady(String sandbox) throws Exception {
        Terminal terminal = open(sandbox);
        terminal.line().await(PROMPT);
        return terminal;
    }

    String snapshot(String sandbox) throws IOException, InterruptedException {
        return send("GET", "/api/sandboxes/" + sandbox + "/snapshot", "");
    }

    void close(Terminal terminal) throws IOException, InterruptedException {
        terminal.socket().abort();
        send("DELETE", "/api/terminals/" + terminal.id(), "");
    }

    Line watch(String sandbox) {
        Line line = new Line();
        attach("/ws/sandboxes/" + sandbox, line);
        return line;
    }

    private WebSocket attach(String path, WebSocket.Listener line) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(url.replaceFirst("http", "ws") + path), line)
                .join();
    }

    private String id(String method, String path, String body) throws IOException, InterruptedException {
        return json.readTree(send(method, path, body)).get("id").asString();
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
