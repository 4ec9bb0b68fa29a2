package dev.nslab.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SnapshotWireTests {

    /** Values that are nearly always the same are left out. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @Test
    void isWrittenAsThePageReadsIt() throws IOException {
        ObjectNode golden = golden("sandbox-snapshot");
        Snapshot snapshot = json.treeToValue(golden, Snapshot.class);
        assertThat(json.readTree(json.writeValueAsString(snapshot))).isEqualTo(golden);
        assertThat(snapshot.processes().getLast().pids()).containsExactly(22, 13, 1);
        assertThat(snapshot.processes().get(3).procMount()).isEqualTo(ProcMount.FOREIGN);
    }

    @Test
    void tellsWhatHoldsANamespace() throws IOException {
        ObjectNode golden = golden("sandbox-snapshot-held");
        Snapshot snapshot = json.treeToValue(golden, Snapshot.class);
        assertThat(json.readTree(json.writeValueAsString(snapshot))).isEqualTo(golden);
        assertThat(snapshot.namespaces().stream().flatMap(namespace -> namespace.holders().stream()))
                .containsExactly(
                        new Holder.Mount(2, "/run/netns/blue"),
                        new Holder.OpenFile(2, 5),
                        new Holder.Relative(4026532255L));
    }

    @Test
    void tellsMountsRootsAndSignals() throws IOException {
        ObjectNode golden = golden("sandbox-snapshot-mounts");
        Snapshot snapshot = json.treeToValue(golden, Snapshot.class);
        assertThat(json.readTree(json.writeValueAsString(snapshot))).isEqualTo(golden);
        NamespaceMounts mounts = snapshot.namespaces().getLast().mounts();
        assertThat(mounts.without()).containsExactly(110, 130);
        assertThat(mounts.mounts().getFirst().master()).isEqualTo(7);
        assertThat(snapshot.processes()).extracting(SandboxProcess::threads).containsExactly(1, 1, 1);
    }

    @Test
    void tellsOfThreads() throws IOException {
        ObjectNode golden = golden("sandbox-snapshot-threads");
        Snapshot snapshot = json.treeToValue(golden, Snapshot.class);
        assertThat(json.readTree(json.writeValueAsString(snapshot))).isEqualTo(golden);
        assertThat(snapshot.namespaces().getLast().holders()).containsExactly(new Holder.OtherThread(10, 12));
        assertThat(snapshot.processes().getFirst().otherThreads())
                .containsExactly(
                        new SandboxThread(12, List.of(12), "perl", Map.of("uts", 4026532244L, "net", 4026532261L)));
    }

    /** The message on the socket, without its type. */
    private ObjectNode golden(String name) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/wire/" + name + ".json")) {
            ObjectNode message = (ObjectNode) json.readTree(Objects.requireNonNull(file));
            message.remove("type");
            return message;
        }
    }
}
