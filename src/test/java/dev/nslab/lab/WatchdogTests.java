package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.sandbox.Attacks;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The learner is told what the watchdog does to their sandbox, and why, and can begin anew. */
@LabTest
class WatchdogTests {

    @AutoClose
    private final LabClient client;

    WatchdogTests(@LocalServerPort int port) {
        client = new LabClient(port);
    }

    @Test
    void aLoopCostsTheLinksAndThenTheSandboxWhichAResetGivesBack() {
        String sandbox = client.sandbox();
        TestSocket watch = client.watch(sandbox);
        assertThat(watch.message("state").has("linksDown")).isFalse();
        Instant before = Instant.now();
        client.terminal(sandbox, "bash", "-c", Attacks.source("bridges"));
        JsonNode warning = watch.message(message -> message.has("linksDown"), "a warning");
        assertThat(warning.get("state").asString()).isEqualTo("running");
        assertThat(Instant.parse(warning.get("linksDown").asString())).isBetween(before, Instant.now());
        JsonNode end = watch.message(message -> message.path("state").asString().equals("ended"), "the end");
        assertThat(end.at("/endReason/code").asString()).isEqualTo("watchdog");
        assertThat(end.at("/endReason/offence").asString()).isEqualTo("loop");
        watch.forget();
        assertThat(client.post("/api/sandboxes/" + sandbox + "/reset").status()).isEqualTo(200);
        JsonNode again = watch.message(
                message -> message.path("state").asString().equals("running") && !message.has("linksDown"),
                "a new beginning");
        assertThat(again.path("reason").isNull()).isTrue();
        assertThat(again.has("endReason")).isFalse();
        client.delete("/api/sandboxes/" + sandbox);
    }
}
