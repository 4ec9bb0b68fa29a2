package dev.nslab.lab;

import dev.nslab.account.SessionCookies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the server like a browser or curl. What it has created is ended when it closes. */
public final class LabClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> sandboxes = new ArrayList<>();
    private final List<TestSocket> sockets = new ArrayList<>();
    private final int port;
    private final String[] headers;

    /** @param headers names and values that each request carries */
    public LabClient(int port, String... headers) {
        this.port = port;
        this.headers = headers;
    }

    /** A learner who was not here before. */
    public static LabClient learner(int port, SessionCookies cookies) {
        ResponseCookie cookie = cookies.issue();
        return new LabClient(port, "Cookie", cookie.getName() + "=" + cookie.getValue());
    }

    /** An answer: the status, the body as JSON if it is JSON, and the headers. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer send(String method, String path, @Nullable String json, String... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        String[] all = concat(headers, more);
        if (all.length > 0) {
            request.headers(all);
        }
        try {
            HttpResponse<String> raw = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(raw.statusCode(), json(raw), raw);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a sandbox. Returns its id. */
    public String sandbox() {
        Answer created = post("/api/sandboxes");
        if (created.status() != 201) {
            throw new AssertionError("no sandbox: " + created.raw().body());
        }
        String id = created.body().get("id").asString();
        sandboxes.add(id);
        return id;
    }

    /** Opens a terminal that runs the command, or else a shell. Returns its id. */
    public String terminal(String sandbox, String... command) {
        String json = command.length == 0 ? "{}" : JSON.writeValueAsString(java.util.Map.of("command", command));
        Answer opened = post("/api/sandboxes/" + sandbox + "/terminals", json);
        if (opened.status() != 201) {
            throw new AssertionError("no terminal: " + opened.raw().body());
        }
        return opened.body().get("id").asString();
    }

    public TestSocket watch(String sandbox) {
        return socket("/ws/sandboxes/" + sandbox);
    }

    public TestSocket attach(String terminal) {
        return socket("/ws/terminals/" + terminal);
    }

    public TestSocket socket(String path, String... more) {
        TestSocket socket = new TestSocket();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        String[] all = concat(headers, more);
        for (int index = 0; index < all.length; index += 2) {
            builder.header(all[index], all[index + 1]);
        }
        builder.buildAsync(URI.create("ws://localhost:" + port + path), socket).join();
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() {
        sockets.forEach(TestSocket::close);
        sandboxes.forEach(sandbox -> delete("/api/sandboxes/" + sandbox));
        http.close();
    }

    private static JsonNode json(HttpResponse<String> raw) {
        boolean json = raw.headers().firstValue("Content-Type").orElse("").contains("json");
        return json ? JSON.readTree(raw.body()) : JSON.missingNode();
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
