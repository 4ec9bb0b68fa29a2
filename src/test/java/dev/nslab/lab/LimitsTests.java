package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.NslabApplication;
import dev.nslab.account.SessionCookies;
import dev.nslab.lab.LabClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Each test has servers with limits of its own, which are stopped at its end. */
class LimitsTests {

    @Test
    void saysWhenItIsFullAndTakesTheNextWhenThereIsRoomAgain() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.sandboxes=1");
                LabClient client = client(server)) {
            String sandbox = client.sandbox();
            Answer full = client.post("/api/sandboxes");
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.body().get("type").asString()).isEqualTo("urn:nslab:problem:capacity");
            assertThat(full.raw().headers().firstValueAsLong("Retry-After")).isPresent();
            client.delete("/api/sandboxes/" + sandbox);
            client.sandbox();
        }
    }

    @Test
    void endsASandboxThatNobodyLooksAt() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.idle=2s");
                LabClient client = client(server)) {
            String watched = client.sandbox();
            TestSocket watch = client.watch(watched);
            String left = client.sandbox();
            TestSocket viewer = client.attach(client.terminal(left));
            viewer.message("attached");
            viewer.abort();
            Labs labs = server.getBean(Labs.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> labs.running() == 1);
            assertThat(client.get("/api/sandboxes/" + left).status()).isEqualTo(404);
            assertThat(client.get("/api/sandboxes/" + watched).status()).isEqualTo(200);
            watch.message("state");
            TestSocket late = client.watch(left);
            JsonNode farewell = late.message("state");
            assertThat(farewell.get("reason").asString()).isEqualTo("The sandbox was idle for 2 seconds.");
            assertThat(farewell.at("/endReason/code").asString()).isEqualTo("idle");
            assertThat(farewell.at("/endReason/seconds").asInt()).isEqualTo(2);
            assertThat(late.closed()).isEqualTo(4404);
            try (LabClient stranger = learner(server)) {
                TestSocket curious = stranger.watch(left);
                assertThat(curious.closed()).isEqualTo(4404);
                assertThat(curious.messages()).isEmpty();
            }
        }
    }

    @Test
    void warnsBeforeTheEndOfALifeAndExtendsIt() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.lifetime=8s");
                LabClient client = client(server)) {
            String sandbox = client.sandbox();
            String path = "/api/sandboxes/" + sandbox;
            TestSocket watch = client.watch(sandbox);
            assertThat(watch.message("state").has("secondsLeft")).isFalse();
            JsonNode warning = watch.message(message -> message.has("secondsLeft"), "a warning");
            assertThat(warning.get("secondsLeft").asInt()).isBetween(1, 4);
            assertThat(warning.get("state").asString()).isEqualTo("running");
            String ends = client.get(path).body().get("ends").asString();
            watch.forget();
            Answer extended = client.post(path + "/extend");
            assertThat(extended.status()).isEqualTo(200);
            assertThat(Instant.parse(extended.body().get("ends").asString())).isAfter(Instant.parse(ends));
            assertThat(watch.message("state").has("secondsLeft")).isFalse();
            watch.message(message -> message.has("secondsLeft"), "another warning");
            JsonNode ended =
                    watch.message(message -> message.path("state").asString().equals("ended"), "the end");
            assertThat(ended.get("reason").asString()).isEqualTo("The sandbox reached its lifetime of 8 seconds.");
            assertThat(ended.at("/endReason/code").asString()).isEqualTo("lifetime");
            assertThat(ended.at("/endReason/seconds").asInt()).isEqualTo(8);
            assertThat(watch.closed()).isEqualTo(4404);
            assertThat(client.post(path + "/extend").status()).isEqualTo(404);
        }
    }

    @Test
    void letsALearnerHaveSoManySandboxes() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.sandboxes-per-learner=2");
                LabClient client = client(server);
                LabClient other = learner(server)) {
            String first = client.sandbox();
            client.sandbox();
            assertRefused(client.post("/api/sandboxes"), "sandboxes");
            other.sandbox();
            client.delete("/api/sandboxes/" + first);
            client.sandbox();
            assertRefused(client.post("/api/sandboxes"), "sandboxes");
        }
    }

    @Test
    void letsALearnerAskForSoManySandboxesInAMinute() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.new-sandboxes-per-minute-per-learner=3");
                LabClient client = client(server);
                LabClient other = learner(server)) {
            client.delete("/api/sandboxes/" + client.sandbox());
            String sandbox = client.sandbox();
            assertThat(client.post("/api/sandboxes/" + sandbox + "/reset").status())
                    .isEqualTo(200);
            assertRefused(client.post("/api/sandboxes"), "rate");
            Answer refused = client.post("/api/sandboxes/" + sandbox + "/reset");
            assertRefused(refused, "rate");
            assertThat(refused.raw().headers().firstValueAsLong("Retry-After").orElse(0L))
                    .isBetween(1L, 20L);
            assertThat(client.get("/api/sandboxes/" + sandbox)
                            .body()
                            .get("state")
                            .asString())
                    .isEqualTo("running");
            other.sandbox();
        }
    }

    @Test
    void letsAllTogetherAskForSoManySandboxesInAMinute() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.new-sandboxes-per-minute=2");
                LabClient client = client(server);
                LabClient other = learner(server)) {
            client.sandbox();
            client.sandbox();
            assertRefused(other.post("/api/sandboxes"), "rate");
        }
    }

    @Test
    void letsALearnerChangeSoMuchInAMinuteAndASixthOfThatAtOnce() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.changes-per-minute-per-learner=18");
                LabClient client = client(server);
                LabClient other = learner(server)) {
            String sandbox = client.sandbox();
            client.terminal(sandbox);
            client.terminal(sandbox);
            assertRefused(client.post("/api/sandboxes/" + sandbox + "/terminals", "{}"), "rate");
            Answer prediction = client.send(
                    "PUT", "/api/sandboxes/" + sandbox + "/progress/predictions/depth", "{\"answer\":\"1\"}");
            assertRefused(prediction, "rate");
            assertRefused(client.delete("/api/sandboxes/" + sandbox), "rate");
            assertThat(client.get("/api/sandboxes/" + sandbox).body().get("terminals"))
                    .hasSize(2);
            other.terminal(other.sandbox());
        }
    }

    @Test
    void letsALearnerHaveSoManySockets() {
        try (ConfigurableApplicationContext server = start("--nslab.limits.sockets-per-learner=2");
                LabClient client = client(server);
                LabClient other = learner(server)) {
            String sandbox = client.sandbox();
            TestSocket first = client.watch(sandbox);
            client.watch(sandbox).message("state");
            assertThat(client.watch(sandbox).closed()).isEqualTo(1013);
            assertThat(client.watch("unknown").closed()).isEqualTo(1013);
            other.watch(other.sandbox()).message("state");
            first.close();
            await().untilAsserted(() -> client.watch(sandbox).message("state"));
        }
    }

    private static void assertRefused(Answer answer, String type) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().get("type").asString()).isEqualTo("urn:nslab:problem:" + type);
        assertThat(answer.body().get("detail").asString()).isNotBlank();
        assertThat(answer.raw().headers().firstValueAsLong("Retry-After")).isPresent();
    }

    @Test
    void sendsEverybodyAwayWhenItStopsAndLeavesNothing() {
        List<ProcessHandle> before = children();
        LabClient client;
        TestSocket watch;
        TestSocket viewer;
        try (ConfigurableApplicationContext server = start()) {
            client = client(server);
            String sandbox = client.sandbox();
            watch = client.watch(sandbox);
            watch.message("state");
            viewer = client.attach(client.terminal(sandbox));
            viewer.type("sleep 1000 & yes\r");
            viewer.expect("y\r\ny\r\n");
        }
        assertThat(watch.closed()).isEqualTo(1001);
        assertThat(viewer.closed()).isEqualTo(1001);
        await().untilAsserted(() -> assertThat(children()).isSubsetOf(before));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return SpringApplication.run(NslabApplication.class, all);
    }

    private static LabClient learner(ConfigurableApplicationContext server) {
        return LabClient.learner(port(server), server.getBean(SessionCookies.class));
    }

    private static LabClient client(ConfigurableApplicationContext server) {
        return new LabClient(port(server));
    }

    private static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().descendants().toList();
    }
}
