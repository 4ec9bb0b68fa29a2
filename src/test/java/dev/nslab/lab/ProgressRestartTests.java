package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import dev.nslab.account.SessionCookies;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseCookie;
import tools.jackson.databind.JsonNode;

/** A server that was stopped and started again knows its learners, and what they have done. */
class ProgressRestartTests {

    @TempDir
    Path data;

    @Test
    void progressOutlivesTheServer() {
        ResponseCookie cookie;
        try (ConfigurableApplicationContext server = start()) {
            cookie = server.getBean(SessionCookies.class).issue();
            LabClient client = client(server, cookie);
            String path = follow(client);
            client.post(path + "/progress/steps/read/completion");
            client.send("PUT", path + "/progress/predictions/depth", "{\"answer\":\"2\"}");
            client.send("PUT", path + "/progress/quizzes/why", "{\"answer\":[1]}");
            client.send("PUT", path + "/progress/place", "{\"step\":\"rename\"}");
            client.close();
        }
        try (ConfigurableApplicationContext server = start();
                LabClient client = client(server, cookie);
                LabClient local = new LabClient(port(server))) {
            JsonNode progress = client.get(follow(client) + "/progress").body();
            assertThat(progress.at("/steps/0/passed").asBoolean()).isTrue();
            assertThat(progress.at("/current").asString()).isEqualTo("make");
            assertThat(progress.at("/place").asString()).isEqualTo("rename");
            assertThat(progress.at("/predictions/depth/answer").asString()).isEqualTo("2");
            assertThat(progress.at("/quizzes/why/right").asBoolean()).isTrue();
            assertThat(local.get(follow(local) + "/progress")
                            .body()
                            .at("/current")
                            .asString())
                    .isEqualTo("read");
        }
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(NslabApplication.class);
        return application.run(
                "--server.port=0", "--nslab.data-dir=" + data, "--nslab.lessons-dir=src/test/resources/own-lessons");
    }

    private static LabClient client(ConfigurableApplicationContext server, ResponseCookie cookie) {
        return new LabClient(port(server), "Cookie", cookie.getName() + "=" + cookie.getValue());
    }

    private static int port(ConfigurableApplicationContext server) {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) server).getWebServer())
                .getPort();
    }

    private static String follow(LabClient client) {
        String path = "/api/sandboxes/" + client.sandbox();
        assertThat(client.send("PUT", path + "/lesson", "{\"lesson\":\"trial\"}")
                        .status())
                .isEqualTo(200);
        return path;
    }
}
