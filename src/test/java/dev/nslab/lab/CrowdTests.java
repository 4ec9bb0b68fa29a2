package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Connections that take up room and do nothing. Those that never finish a request are closed, and others that wait get
 * the room.
 */
class CrowdTests {

    @Test
    void sendsAwayWhoNeverFinishesARequest() throws IOException {
        try (ConfigurableApplicationContext server = start("--server.tomcat.connection-timeout=500ms");
                RawClient silent = RawClient.connect(port(server));
                RawClient line = RawClient.connect(port(server));
                RawClient head = RawClient.connect(port(server));
                RawClient body = RawClient.connect(port(server))) {
            line.send("GET /la");
            head.send("GET /lab HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            body.send(
                    "POST /api/sandboxes/x/terminals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100\r\n\r\n{");
            assertThat(silent.rest()).isEmpty();
            assertThat(line.rest()).doesNotContain("HTTP/1.1 200");
            assertThat(head.rest()).doesNotContain("HTTP/1.1 200");
            assertThat(body.rest()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void recoversWhenAllConnectionsAreTaken() throws IOException {
        try (ConfigurableApplicationContext server =
                        start("--server.tomcat.max-connections=20", "--server.tomcat.accept-count=10");
                LabClient client = new LabClient(port(server))) {
            List<RawClient> crowd = new ArrayList<>();
            for (int number = 0; number < 25; number++) {
                RawClient each = RawClient.connect(port(server));
                each.send("GET /lab HTTP/1.1\r\nHost: loc");
                crowd.add(each);
            }
            CompletableFuture<String> learner = CompletableFuture.supplyAsync(client::sandbox);
            assertThat(learner).isNotDone();
            for (RawClient each : crowd) {
                each.close();
            }
            assertThat(client.get("/api/sandboxes/" + learner.join()).status()).isEqualTo(200);
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return SpringApplication.run(NslabApplication.class, all);
    }

    private static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
    }
}
