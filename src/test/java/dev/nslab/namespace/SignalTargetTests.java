package dev.nslab.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.sandbox.Call;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests with the golden snapshot. In it, 10 is 1 in a nested PID namespace, 21 is 12 there, and 22 is 13 there and 1 in
 * a namespace inside that.
 */
class SignalTargetTests {

    private final Snapshot snapshot = golden();

    private static Snapshot golden() {
        JsonMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (InputStream file = SignalTargetTests.class.getResourceAsStream("/wire/sandbox-snapshot.json")) {
            ObjectNode message = (ObjectNode) json.readTree(Objects.requireNonNull(file));
            message.remove("type");
            return json.treeToValue(message, Snapshot.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Integer target(int caller, int target) {
        long namespace = snapshot.processes().stream()
                .filter(process -> process.pid() == caller)
                .mapToLong(process -> process.namespaces().getOrDefault("pid", 0L))
                .findFirst()
                .orElse(0);
        Call.Kill kill = new Call.Kill(target, "SIGKILL");
        // The caller is a process that no snapshot has shown yet, such as kill(1).
        return SignalTarget.target(
                new Call(7, Instant.EPOCH, 1234, 1234, "kill", "kill", List.of(), namespace, kill), snapshot);
    }

    @Test
    void isTheSameWithinTheFirstPidNamespace() {
        assertThat(target(3, 10)).isEqualTo(10);
    }

    @Test
    void isTranslatedWhereTheCallerSeesOtherNumbers() {
        assertThat(target(10, 12)).isEqualTo(21);
        assertThat(target(10, 13)).isEqualTo(22);
        assertThat(target(10, 1)).isEqualTo(10);
        assertThat(target(22, 1)).isEqualTo(22);
    }

    @Test
    void isUnknownForWhomTheCallerDoesNotSee() {
        assertThat(target(22, 12)).isNull();
        assertThat(target(10, 3)).isNull();
    }

    @Test
    void isUnknownForGroupsAndUnknownCallers() {
        assertThat(target(3, -10)).isNull();
        assertThat(target(3, 0)).isNull();
        assertThat(target(77, 10)).isNull();
    }
}
