package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.lab.LabClient;
import dev.nslab.lab.LabClient.Answer;
import dev.nslab.lab.LabTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@LabTest
class GateTests {

    private static final String UPGRADE = """
            GET /ws/terminals/unknown HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
            \r
            """;

    private final int port;

    @AutoClose
    private final LabClient client;

    GateTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new LabClient(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost", "https://localhost:1", "nonsense", ""})
    void refusesForeignOrigins(String origin) {
        String sandbox = client.sandbox();
        String terminal = client.terminal(sandbox);
        assertForeign(client.send("POST", "/api/sandboxes", null, "Origin", origin));
        assertForeign(client.send("POST", "/api/sandboxes/" + sandbox + "/reset", null, "Origin", origin));
        assertForeign(client.send("POST", "/api/sandboxes/" + sandbox + "/terminals", "{}", "Origin", origin));
        assertForeign(client.send("DELETE", "/api/sandboxes/" + sandbox, null, "Origin", origin));
        assertForeign(client.send("DELETE", "/api/terminals/" + terminal, null, "Origin", origin));
        assertSocketRefused("/ws/terminals/" + terminal, origin);
        assertSocketRefused("/ws/sandboxes/" + sandbox, origin);
        assertThat(client.get("/api/sandboxes/" + sandbox).body().get("terminals"))
                .hasSize(1);
    }

    /**
     * No browser sends such an origin. The requests are refused even if they change nothing, so that nothing behind the
     * gate has to read them.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://a b", "http://[", "http://%zz", "http://localhost:123456", "://", "a,b", "http://x/", ""
            })
    void refusesOriginsThatAreNone(String origin) throws IOException {
        for (String request : List.of("GET /api/lessons", "GET /ws/terminals/x", "GET /lab", "POST /api/sandboxes")) {
            String answer = ask(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nOrigin: " + origin);
            assertThat(answer)
                    .startsWith("HTTP/1.1 403")
                    .contains("urn:nslab:problem:foreign-origin")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void refusesAForeignOriginBesideItsOwn() throws IOException {
        assertThat(ask("POST /api/sandboxes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                        + "Origin: http://localhost\r\nOrigin: http://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void letsItsOwnPagesPass() {
        String origin = "http://localhost:" + port;
        String sandbox = client.sandbox();
        assertThat(client.send("POST", "/api/sandboxes/" + sandbox + "/terminals", "{}", "Origin", origin)
                        .status())
                .isEqualTo(201);
        client.socket("/ws/sandboxes/" + sandbox, "Origin", origin).message("state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "0.0.0.0",
                "[::2]"
            })
    void refusesOtherHosts(String host) throws IOException {
        String answer = ask("GET /api/sandboxes/x HTTP/1.1\r\nHost: " + host + ":" + port);
        assertThat(answer).startsWith("HTTP/1.1 421").contains("urn:nslab:problem:unknown-host");
        assertThat(ask("GET / HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 421");
        assertThat(ask("GET / HTTP/1.1\r\nAccept: text/html\r\nHost: " + host))
                .startsWith("HTTP/1.1 421")
                .contains("Content-Security-Policy", "This server has another name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1234", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8080"})
    void isServedUnderNamesOfThisMachine(String host) throws IOException {
        assertThat(ask("GET /api/sandboxes/x HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 404");
    }

    @Test
    void acceptsNoCompressionOfWebSockets() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            List<String> head = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            assertThat(head.getFirst()).startsWith("HTTP/1.1 101");
            assertThat(head).noneMatch(line -> line.startsWith("Sec-WebSocket-Extensions"));
        }
    }

    @Test
    void listensOnThisMachineOnly() throws IOException {
        String listening = new String(
                new ProcessBuilder("ss", "-Hltn", "sport = :" + port)
                        .start()
                        .getInputStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(listening.lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("127.0.0.1") || line.contains("[::1]"));
    }

    private static void assertForeign(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().get("type").asString()).isEqualTo("urn:nslab:problem:foreign-origin");
    }

    private void assertSocketRefused(String path, String origin) {
        assertThatThrownBy(() -> client.socket(path, "Origin", origin))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    private String ask(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
