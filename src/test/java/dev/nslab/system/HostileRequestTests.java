package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.lab.LabClient;
import dev.nslab.lab.LabTest;
import dev.nslab.lab.RawClient;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that no browser sends: wrong paths, two lengths, endless heads and bodies. */
@LabTest
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestTests {

    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final int port;
    private final LabClient client;
    private String sandbox = "";

    HostileRequestTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new LabClient(port);
    }

    @BeforeEach
    void start() {
        sandbox = client.sandbox();
    }

    @AfterEach
    void end() {
        assertThat(client.get("/api/sandboxes/" + sandbox).body().get("terminals"))
                .isEmpty();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/app/../../application.yaml",
                "/app/%2e%2e/application.yaml",
                "/app/..%2fapplication.yaml",
                "/app/..%5capplication.yaml",
                "/app/..%252fapplication.yaml",
                "/app/%c0%ae%c0%ae/application.yaml",
                "/app/..;/application.yaml",
                "/app/assets/..;x=y/..;/application.yaml",
                "/application.yaml",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/templates/lab.html",
                "/native/unshare-helper",
                "/lessons/..%2f..%2fapplication",
                "/lessons/%00",
                "/lab%00",
                "/lab%0d%0aSet-Cookie:x=y",
                "/api/sandboxes/..%2f..%2factuator/env",
                "/api/../actuator/env",
                "/actuator/env;/health",
                "/actuator;/env",
                "/actuator/health/../env",
                "/%zz",
                "/\\",
                "//evil.example/",
                "/lab|",
                "nonsense",
                "http://evil.example/lab",
                "*"
            })
    void findsNothingByTricksWithPaths(String path) throws IOException {
        String answer = ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(status(answer)).as(answer).isIn(400, 404, 421);
        assertThat(answer).doesNotContain("root:", "data-dir", "\nSet-Cookie", "java.", "Tomcat", "propertySources");
    }

    @Test
    void reachesNoSandboxAroundTheCheckOfItsOwner() throws IOException {
        for (String path : new String[] {
            "/api/sandboxes/x/../" + sandbox,
            "/api/sandboxes/" + sandbox + ";x",
            "//api/sandboxes/" + sandbox,
            "/API/sandboxes/" + sandbox
        }) {
            String answer = ask("GET " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nCookie: nslab=chosen\r\nConnection: close\r\n\r\n");
            assertThat(status(answer)).as(answer).isIn(400, 404);
        }
    }

    /**
     * If a proxy in front used one length and the server the other, they would disagree on where the next request
     * begins.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: -1",
                "Content-Length: +4",
                "Content-Length: 0x4",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked"
            })
    void answersNoRequestThatIsHiddenInAnother(String lengths) throws IOException {
        String hidden = "GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String answers = ask("POST /nothing HTTP/1.1\r\nHost: localhost\r\n" + lengths + "\r\n\r\n0\r\n\r\n" + hidden);
        assertThat(ANSWER.matcher(answers).results()).as(answers).hasSize(1);
        assertThat(answers).doesNotContain("\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /lab HTTP/1.1\r\n",
                "GET /lab HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                "GET /lab HTTP/1.1\r\nHost: local host\r\n",
                "GET /lab HTTP/1.1\r\nHost: localhost\r\nna me: x\r\n",
                "GET /lab HTTP/9.9\r\nHost: localhost\r\n",
                "GET  /lab HTTP/1.1 x\r\nHost: localhost\r\n",
                "G\u0000T /lab HTTP/1.1\r\nHost: localhost\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n"
            })
    void refusesWhatIsNoRequest(String head) throws IOException {
        assertThat(status(ask(head + "Connection: close\r\n\r\n"))).isIn(400, 505);
    }

    @Test
    void readsNoHeadWithoutEnd() throws IOException {
        assertThat(status(askLong("GET /lab HTTP/1.1\r\nHost: localhost\r\nCookie: nslab=", "x".repeat(100_000))))
                .isEqualTo(400);
        assertThat(status(askLong("GET /lab HTTP/1.1\r\nHost: localhost\r\n", "X-Many: y\r\n".repeat(10_000))))
                .isEqualTo(400);
        assertThat(status(askLong("GET /", "x".repeat(100_000)))).isEqualTo(400);
    }

    @Test
    void readsNoBodyWithoutEnd() throws IOException {
        String path = "/api/sandboxes/" + sandbox + "/terminals";
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        String told = ask(head + "Content-Length: 1000000000\r\n\r\n");
        assertThat(status(told)).isEqualTo(413);
        assertThat(told).contains("urn:nslab:problem:too-large");
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        String untold = askLong(head + "Transfer-Encoding: chunked\r\n\r\n", chunk.repeat(8));
        assertThat(status(untold)).isEqualTo(413);
        assertThat(untold).contains("urn:nslab:problem:too-large", "The body is larger than 64 KB");
        assertThat(client.post(path, "[".repeat(65_537)).status()).isEqualTo(413);
        assertThat(client.post(path, "[".repeat(65_536)).status()).isEqualTo(400);
        String prediction = "/api/sandboxes/" + sandbox + "/progress/predictions/depth";
        assertThat(client.send("PUT", prediction, "[".repeat(16_385)).status()).isEqualTo(413);
        assertThat(client.send("PUT", prediction, "[".repeat(16_384)).status()).isEqualTo(400);
        String small = ask(head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{]\r\n0\r\n\r\n");
        assertThat(status(small)).isEqualTo(400);
        assertThat(small).contains("urn:nslab:problem:invalid-request");
    }

    /** Each of these once made the server fail, or added a line or a stack trace to its log. */
    @Test
    void fillsNoLog(CapturedOutput output) throws IOException {
        LoggerFactory.getLogger(HostileRequestTests.class).warn("what is logged is seen here");
        assertThat(output).contains("what is logged is seen here");
        String before = output.getAll();
        for (String request : new String[] {
            "GET /app/..%2fx",
            "GET /app/..%252fx",
            "GET /..%252f..%252fx",
            "GET /app/WEB-INF/x",
            "GET /lab?lang=%zz",
            "GET /lab?a=%c0%ae",
            "GET /?%",
            "GET /%zz?%",
            "GET /nothing?%zz",
            "POST /lab?%zz",
            "POST /api/sandboxes/x/reset?%zz",
            "GET /lab|Accept-Language: " + "a,".repeat(500),
            "GET /lab|Accept-Language: " + "de-DE,".repeat(50),
            "POST /api/sandboxes/x/reset|Content-Type: multipart/form-data; boundary=x",
            "PUT /api/sandboxes/x/lesson|Content-Type: application/x-www-form-urlencoded",
            "PUT /api/sandboxes/x/lesson|Content-Type: application/json;charset=nope",
            "GET /lab|Cookie: nslab=%zz; nslab-lang=%zz",
            "GET /lab|If-Modified-Since: x",
            "GET /app/x|Range: bytes=9999999999999999999999-",
            "GET /lab|Origin: http://a b",
            "GET /ws/terminals/x|Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://[",
            "GET /ws/terminals/x|Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8",
        }) {
            int bar = request.indexOf('|');
            String line = bar < 0 ? request : request.substring(0, bar);
            String header = bar < 0 ? "X: y" : request.substring(bar + 1);
            for (String accepted : new String[] {"text/html", "application/json", ";;;"}) {
                String answer = ask(line + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accepted + "\r\n" + header
                        + "\r\nContent-Length: 5\r\nConnection: close\r\n\r\na=%zz");
                assertThat(status(answer)).as(request + ": " + answer).isBetween(200, 499);
                assertThat(answer).doesNotContain("Exception", "\tat ");
            }
        }
        malformedOfferOfExtensions();
        brokenOff();
        assertThat(output.getAll().substring(before.length())).isEmpty();
    }

    private void malformedOfferOfExtensions() throws IOException {
        try (RawClient raw = RawClient.connect(port)) {
            raw.send("""
                    GET /ws/terminals/x HTTP/1.1\r
                    Host: localhost\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Extensions: ;;;\r
                    \r
                    \u0088\u0080\0\0\0\0""");
            assertThat(raw.rest()).startsWith("HTTP/1.1 101");
        }
    }

    /** Sends a body that ends in the middle, and does not wait for an answer. */
    private void brokenOff() throws IOException {
        for (int round = 0; round < 10; round++) {
            try (RawClient raw = RawClient.connect(port)) {
                raw.send("POST /api/sandboxes/" + sandbox + "/terminals HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            }
            try (RawClient raw = RawClient.connect(port)) {
                raw.send("GET /api/lessons HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20));
            }
        }
    }

    private String ask(String request) throws IOException {
        return askLong(request, "");
    }

    /** The server may have answered and closed the connection before it has received everything. */
    private String askLong(String head, String rest) throws IOException {
        try (RawClient raw = RawClient.connect(port)) {
            raw.send(head);
            try {
                raw.send(rest);
            } catch (IOException e) {
                // The server has closed the connection.
            }
            return raw.rest();
        }
    }

    private static int status(String answer) {
        var found = ANSWER.matcher(answer);
        assertThat(found.find()).as("an answer: " + answer).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
