package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.account.SessionCookies;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * A lab whose learners have no rights over networks. The lessons say what cannot be done in it, and its sandboxes
 * refuse it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "nslab.network-admin=false")
class NetworkAdminApiTests {
    private final LabClient client;

    NetworkAdminApiTests(@LocalServerPort int port, @Autowired SessionCookies cookies) {
        client = LabClient.learner(port, cookies);
    }

    @AfterEach
    void end() {
        client.close();
    }

    private static List<String> lacking(JsonNode lesson) {
        return StreamSupport.stream(lesson.get("lacking").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void lessonsSayWhatTheyLackHere() {
        List<String> lessons = StreamSupport.stream(
                        client.get("/api/lessons").body().get("lessons").spliterator(), false)
                .filter(lesson -> lacking(lesson).equals(List.of("network-admin")))
                .map(lesson -> lesson.get("id").asString())
                .toList();
        assertThat(lessons).containsExactlyInAnyOrder("container", "network", "nsenter", "pod");
        assertThat(lacking(client.get("/api/lessons/network").body())).containsExactly("network-admin");
        assertThat(lacking(client.get("/api/lessons/pid").body())).isEmpty();
    }

    @Test
    void sandboxesMakeNoLink() {
        String sandbox = client.sandbox();
        TestSocket shell = client.attach(client.terminal(sandbox));
        shell.type("ip link add left type veth peer name right\r");
        shell.expect("Operation not permitted");
    }
}
