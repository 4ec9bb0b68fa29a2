package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.NslabApplication;
import dev.nslab.lab.LabClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers of their own, with limits of their own, that are stopped in the end. */
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
        }
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

    private static LabClient client(ConfigurableApplicationContext server) {
        return new LabClient(Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port")));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().descendants().toList();
    }
}
