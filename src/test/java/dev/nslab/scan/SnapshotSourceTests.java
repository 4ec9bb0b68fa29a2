package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.namespace.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a source of snapshots returns over time. */
@Tag("sandbox")
class SnapshotSourceTests {

    @AutoClose
    private final LiveSandbox live;

    SnapshotSourceTests() throws Exception {
        live = new LiveSandbox();
    }

    @Test
    void countsARevisionOnlyForAChange() throws Exception {
        live.run("tty1", "sleep", "1001");
        live.await(1, "1001");
        // The init may still be running when it has answered. That is a change, too, but only for a moment.
        Snapshot snapshot = live.await(taken ->
                Stream.of(live.snapshot(), live.snapshotAsked()).allMatch(next -> next.revision() == taken.revision()));
        live.run("tty2", "sleep", "1002");
        assertThat(live.await(1, "1002").revision()).isGreaterThan(snapshot.revision());
    }

    @Test
    void goesOnAfterAReset() throws Exception {
        live.run("tty1", "sleep", "1001");
        Snapshot before = live.await(1, "1001");
        live.sandbox.reset();
        Snapshot after = live.snapshot();
        assertThat(after.processes()).hasSize(1);
        assertThat(after.revision()).isGreaterThan(before.revision());
    }

    @Test
    void isEmptyAfterTheEnd() throws Exception {
        live.run("tty1", "sleep", "1001");
        SandboxRoot root = SandboxRoot.of(live.sandbox);
        live.await(1, "1001");
        live.sandbox.end();
        assertThat(live.snapshot(root).processes()).isEmpty();
        assertThat(live.snapshot(root).namespaces()).isEmpty();
    }

    @Test
    void leavesNoFileOpen() throws Exception {
        live.script("tty1", "unshare -U -r -m -u -i -n -p -f --mount-proc sleep 1001; :");
        live.await(1, "1001");
        long before = openFiles();
        for (int round = 0; round < 200; round++) {
            live.snapshotAsked();
        }
        assertThat(openFiles()).isEqualTo(before);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
