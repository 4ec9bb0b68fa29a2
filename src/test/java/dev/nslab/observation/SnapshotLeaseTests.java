package dev.nslab.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.nslab.lab.Lab;
import dev.nslab.lab.LabClient;
import dev.nslab.lab.LabDirectory;
import dev.nslab.lab.LabTest;
import dev.nslab.lab.Labs;
import dev.nslab.lab.TestSocket;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.EndReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A lab is observed exactly as long as somebody has a lease, and each holder is told what happens during that time. */
@LabTest
class SnapshotLeaseTests {

    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final LabClient client;
    private final LabDirectory directory;
    private final Labs labs;
    private final Lab lab;

    private static final class Witness implements LeaseHolder {

        private final List<Snapshot> seen = new CopyOnWriteArrayList<>();
        private final List<Snapshot> looks = new CopyOnWriteArrayList<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public void called(Call call, @Nullable Snapshot before) {
            calls.add(call.syscall());
        }

        @Override
        public void seen(Snapshot snapshot) {
            seen.add(snapshot);
        }

        @Override
        public void looked(Snapshot snapshot) {
            looks.add(snapshot);
        }

        private boolean sees(String command) {
            return !seen.isEmpty()
                    && seen.getLast().processes().stream()
                            .map(SandboxProcess::command)
                            .anyMatch(command::equals);
        }
    }

    SnapshotLeaseTests(@LocalServerPort int port, @Autowired LabDirectory directory, @Autowired Labs labs) {
        this.client = new LabClient(port);
        this.directory = directory;
        this.labs = labs;
        this.lab = start();
    }

    private Lab start() {
        String id = client.sandbox();
        return directory.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @BeforeEach
    void begin() {
        assertThat(isObserved()).isFalse();
    }

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void itsHolderIsToldWhatHappensUntilItIsClosed() throws InterruptedException {
        Witness witness = new Witness();
        try (SnapshotLease lease = lab.observe(witness)) {
            lease.look(LONG);
            assertThat(witness.looks).isNotEmpty();
            assertThat(isObserved()).isTrue();
            TestSocket shell = client.attach(client.terminal(lab.id()));
            shell.type("unshare -u sleep 1000\r");
            await().atMost(LONG).until(() -> witness.calls.contains("unshare") && witness.sees("sleep"));
        }
        await().atMost(LONG).until(() -> !isObserved());
        int looks = witness.looks.size();
        lab.snapshot();
        assertThat(witness.looks).hasSize(looks);
    }

    @Test
    void manyShareOneObservation() throws InterruptedException {
        Witness first = new Witness();
        Witness second = new Witness();
        SnapshotLease one = lab.observe(first);
        one.look(LONG);
        SnapshotLease two = lab.observe(second);
        assertThat(second.seen).as("is told at once").isEqualTo(List.of(first.seen.getLast()));
        one.close();
        one.close();
        assertThat(isObserved()).isTrue();
        int looks = first.looks.size();
        two.look(LONG);
        assertThat(second.looks).hasSizeGreaterThan(1);
        assertThat(first.looks).hasSize(looks);
        two.close();
        await().atMost(LONG).until(() -> !isObserved());
    }

    @Test
    void panelAndLessonHaveOneEach() {
        TestSocket panel = client.watch(lab.id());
        panel.message("snapshot");
        assertThat(client.send("PUT", path("/lesson"), "{\"lesson\":\"uts\"}").status())
                .isEqualTo(200);
        panel.close();
        await().atMost(LONG).until(() -> lab.isIdleFor(Duration.ZERO));
        assertThat(isObserved()).as("by the lesson").isTrue();
        assertThat(client.send("PUT", path("/lesson"), "{\"lesson\":null}").status())
                .isEqualTo(200);
        await().atMost(LONG).until(() -> !isObserved());
    }

    @Test
    void noneOutlivesTheLab() {
        assertThat(client.send("PUT", path("/lesson"), "{\"lesson\":\"uts\"}").status())
                .isEqualTo(200);
        assertThat(isObserved()).isTrue();
        labs.end(lab, EndReason.REQUESTED);
        await().atMost(LONG).until(() -> !isObserved());
    }

    private String path(String below) {
        return "/api/sandboxes/" + lab.id() + below;
    }

    /** Whether a thread takes snapshots of the lab. It is a virtual one, so only a thread dump shows it. */
    private boolean isObserved() {
        Path dump = folder.resolve(UUID.randomUUID() + ".json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            return Files.readString(dump).contains("\"nslab-observe-" + lab.id() + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
