package dev.nslab.lab;

import static dev.nslab.lab.RawClient.BINARY;
import static dev.nslab.lab.RawClient.FIRST_TEXT;
import static dev.nslab.lab.RawClient.MORE;
import static dev.nslab.lab.RawClient.PING;
import static dev.nslab.lab.RawClient.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** WebSocket clients that break the protocol, or do harm within it. Meanwhile a neighbour goes on working. */
@LabTest
class HostileSocketTests {

    private static final int MB = 1024 * 1024;
    private static final byte[] NOTHING = {};

    private final int port;
    private final LabClient client;
    private final List<RawClient> hostile = new ArrayList<>();
    private String sandbox = "";
    private TestSocket neighbour = new TestSocket();
    private int asked;

    HostileSocketTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new LabClient(port);
    }

    @BeforeEach
    void start() {
        sandbox = client.sandbox();
        neighbour = client.attach(client.terminal(client.sandbox(), "sh"));
        assertNeighbourWorks();
    }

    @AfterEach
    void end() throws IOException {
        for (RawClient each : hostile) {
            each.close();
        }
        assertNeighbourWorks();
        client.close();
    }

    private void assertNeighbourWorks() {
        neighbour.type("echo we''ll" + asked + "\r");
        neighbour.expect("well" + asked++);
    }

    private RawClient open(String kind) throws IOException {
        String path = kind.equals("terminals") ? client.terminal(sandbox, "sleep", "1000") : sandbox;
        return attach("/ws/" + kind + "/" + path);
    }

    private RawClient attach(String path) throws IOException {
        RawClient opened = RawClient.upgraded(port, path);
        hostile.add(opened);
        return opened;
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminals", "sandboxes"})
    void closesWhoBreaksTheProtocol(String kind) throws IOException {
        RawClient unmasked = open(kind);
        unmasked.send(new byte[] {(byte) TEXT, 2, '{', '}'});
        assertClosed(unmasked.closeCode(), 1002);

        RawClient reserved = open(kind);
        reserved.frame(TEXT | 0x40, "{}");
        assertClosed(reserved.closeCode(), 1002);

        RawClient unknown = open(kind);
        unknown.frame(0x83, "{}");
        assertClosed(unknown.closeCode(), 1002);

        RawClient continued = open(kind);
        continued.frame(MORE, "{}");
        assertClosed(continued.closeCode(), 1002);

        RawClient mixed = open(kind);
        mixed.frame(FIRST_TEXT, "{");
        mixed.frame(BINARY, "x");
        assertClosed(mixed.closeCode(), 1002);

        RawClient longPing = open(kind);
        longPing.frame(PING, new byte[126]);
        assertClosed(longPing.closeCode(), 1002);

        RawClient negative = open(kind);
        negative.frame(BINARY, Long.MIN_VALUE, NOTHING);
        assertClosed(negative.closeCode(), 1002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminals", "sandboxes"})
    void closesWhoSendsTextThatIsNone(String kind) throws IOException {
        for (String bytes : List.of("\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080\u0080\u0080")) {
            RawClient sender = open(kind);
            sender.frame(TEXT, bytes.getBytes(StandardCharsets.ISO_8859_1));
            assertClosed(sender.closeCode(), 1007);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminals", "sandboxes"})
    void keepsNoMessageThatNeverEnds(String kind) throws IOException {
        RawClient fragments = open(kind);
        fragments.frame(FIRST_TEXT, "{");
        assertClosed(sendUntilClosed(fragments, "x".repeat(1000)), 1009);

        RawClient giant = open(kind);
        giant.frame(TEXT, Long.MAX_VALUE, "{".getBytes(StandardCharsets.US_ASCII));
        assertClosed(sendRawUntilClosed(giant), 1009);

        long before = usedMemory();
        RawClient empty = open(kind);
        empty.frame(FIRST_TEXT, "");
        for (int number = 0; number < 50_000; number++) {
            empty.frame(MORE, NOTHING);
        }
        RawClient binary = open(kind);
        binary.frame(BINARY, Long.MAX_VALUE, new byte[MB]);
        assertThat(usedMemory() - before).isLessThan(16L * MB);
    }

    private static int sendUntilClosed(RawClient sender, String part) throws IOException {
        try {
            for (int number = 0; number < 20; number++) {
                sender.frame(MORE, part);
            }
        } catch (IOException e) {
            // Closed already.
        }
        return sender.closeCode();
    }

    private static int sendRawUntilClosed(RawClient sender) throws IOException {
        try {
            sender.send("x".repeat(20_000));
        } catch (IOException e) {
            // Closed already.
        }
        return sender.closeCode();
    }

    @Test
    void bearsAFloodOfWrongMessagesFromOneWhoReadsNoAnswer() throws Exception {
        RawClient flood = open("terminals");
        long before = usedMemory();
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                for (int number = 0; number < 200_000; number++) {
                    flood.frame(TEXT, "{\"type\":\"nonsense\"}");
                }
            } catch (IOException e) {
                // The server has closed the connection, or the test has.
            }
        });
        for (int number = 0; number < 20; number++) {
            assertNeighbourWorks();
        }
        assertThat(usedMemory() - before).isLessThan(16L * MB);
        flood.close();
        sender.join();
    }

    @Test
    void keepsLittleForThoseWhoReadNothing() throws Exception {
        String terminal = client.terminal(sandbox, "yes");
        long before = usedMemory();
        for (int number = 0; number < 50; number++) {
            attach("/ws/terminals/" + terminal);
            attach("/ws/sandboxes/" + sandbox);
        }
        TestSocket reader = client.attach(terminal);
        reader.acknowledge(64 * 1024);
        TestSocket churn = client.attach(client.terminal(sandbox, "sh"));
        churn.type("i=0; while [ $i -lt 300 ]; do unshare -u true; i=$((i+1)); done; echo all' 'over\r");
        reader.await(() -> reader.size() > 20 * MB, "output for one who reads");
        reader.stopReading();
        reader.forget();
        churn.expect("all over");
        assertNeighbourWorks();
        // There are 100 sockets, each with a window of at most 256 KB.
        assertThat(usedMemory() - before).isLessThan(100L * MB / 2);
    }

    @Test
    void answersOneWhileThousandsAreConnected() throws IOException {
        long files = openFiles();
        int many = Math.toIntExact(Math.min(4_000, (mostFiles() - files) / 2 - 500));
        assertThat(many).as("room for connections; raise ulimit -n").isGreaterThan(1_000);
        for (int number = 0; number < many; number++) {
            RawClient half = RawClient.connect(port);
            hostile.add(half);
            if (number % 2 == 0) {
                half.send("GET /lab HTTP/1.1\r\nHost: local");
            }
        }
        assertNeighbourWorks();
        assertThat(client.get("/api/sandboxes/" + sandbox).status()).isEqualTo(200);
        for (RawClient each : hostile) {
            each.close();
        }
        hostile.clear();
        await().atMost(Duration.ofSeconds(60)).until(() -> openFiles() < files + 200);
    }

    @Test
    void opensNoSocketForAnotherSitesPage() throws IOException {
        try (RawClient foreign = RawClient.connect(port)) {
            foreign.send("GET /ws/sandboxes/" + sandbox
                    + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost.evil.example\r\n"
                    + "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(foreign.rest()).startsWith("HTTP/1.1 403");
        }
    }

    /** The close code may be lost: if the server has not read everything, the kernel sends a reset after it. */
    private static void assertClosed(int code, int expected) {
        assertThat(code).isIn(expected, 1006);
    }

    private static long usedMemory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long openFiles() {
        return files().getOpenFileDescriptorCount();
    }

    private static long mostFiles() {
        return files().getMaxFileDescriptorCount();
    }

    private static com.sun.management.UnixOperatingSystemMXBean files() {
        return (com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
