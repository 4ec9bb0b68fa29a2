package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import dev.nslab.lab.LabClient;
import dev.nslab.lab.LabClient.Answer;
import dev.nslab.lab.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What learners need not see: metrics, and what the machine can give. */
class OperatorTests {

    private static final String SHARED = "--nslab.public-url=https://lab.example.org";
    private static final String METRIC = "jvm_memory_used_bytes";

    @Test
    void thePersonAtThisMachineSeesAll() {
        try (ConfigurableApplicationContext server = start();
                LabClient client = new LabClient(port(server, "server"))) {
            assertThat(client.get("/actuator/prometheus").raw().body()).contains(METRIC);
            assertThat(client.get("/actuator/doctor").raw().body()).contains("nslab.limits.memory");
            assertThat(client.get("/doctor").raw().body()).contains("nslab.limits.memory");
            assertThat(client.get("/").raw().body()).contains("href=\"/doctor\"");
        }
    }

    @Test
    void whereOthersComeTooLearnersSeeHealthAlone() throws IOException {
        try (ConfigurableApplicationContext server = start(SHARED);
                LabClient client = new LabClient(port(server, "server"))) {
            assertThat(client.get("/actuator/health").body().get("status").asString())
                    .isEqualTo("UP");
            // Container engines ask for this one.
            assertThat(client.get("/livez").body().get("status").asString()).isEqualTo("UP");
            assertThat(client.get("/").raw().body()).contains("lang=\"en\"").doesNotContain("/doctor");
            for (String path : List.of(
                    "/actuator/prometheus",
                    "/actuator/doctor",
                    "/actuator",
                    "/actuator/",
                    "/doctor",
                    "/actuator/health/../prometheus",
                    "/actuator/health/%2e%2e/prometheus",
                    "/actuator/health/..;/prometheus",
                    "/actuator;/prometheus",
                    "/%61ctuator/prometheus",
                    "/actuator/%70rometheus",
                    "//actuator/prometheus",
                    "/x/../actuator/prometheus",
                    "/actuator/prometheus/",
                    "http://localhost/actuator/prometheus")) {
                String answer = get(port(server, "server"), path, "localhost");
                assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain(METRIC, "nslab.limits");
            }
        }
    }

    @Test
    void metricsHaveAPortOfTheirOwnThatListensOnThisMachine() throws IOException {
        try (ConfigurableApplicationContext server = start(SHARED, "--management.server.port=0");
                LabClient operator = new LabClient(port(server, "management"))) {
            int port = port(server, "management");
            assertThat(port).isNotEqualTo(port(server, "server"));
            assertThat(operator.get("/actuator/prometheus").raw().body()).contains(METRIC);
            assertThat(operator.get("/actuator/doctor").raw().body()).contains("nslab.limits.memory");
            assertThat(operator.get("/actuator/health").body().get("status").asString())
                    .isEqualTo("UP");
            assertThat(operator.get("/actuator/env").status()).isEqualTo(404);
            assertThat(get(port, "/actuator/prometheus", "evil.example")).startsWith("HTTP/1.1 421");
            assertThat(get(port(server, "server"), "/actuator/prometheus", "localhost"))
                    .startsWith("HTTP/1.1 404");
            assertThat(get(port(server, "server"), "/livez", "localhost")).startsWith("HTTP/1.1 200");
            assertThat(listening(port)).isNotEmpty().allMatch(line -> line.contains("127.0.0.1"));
        }
    }

    @Test
    void aFloodOfLooksAtTheMachineIsRefused() {
        try (ConfigurableApplicationContext server = start();
                LabClient client = new LabClient(port(server, "server"))) {
            List<Answer> answers =
                    IntStream.range(0, 90).mapToObj(_ -> client.get("/doctor")).toList();
            assertThat(answers).extracting(Answer::status).containsOnly(200, 429);
            assertThat(answers.getFirst().status()).isEqualTo(200);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 429)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.raw().headers().firstValueAsLong("Retry-After"))
                            .isPresent());
        }
    }

    private static List<String> listening(int port) throws IOException {
        Process ss = new ProcessBuilder("ss", "-Hltn", "sport = :" + port).start();
        return new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String get(int port, String path, String host) throws IOException {
        try (RawClient raw = RawClient.connect(port)) {
            raw.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return raw.rest();
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return SpringApplication.run(NslabApplication.class, all);
    }

    private static int port(ConfigurableApplicationContext server, String which) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local." + which + ".port"));
    }
}
