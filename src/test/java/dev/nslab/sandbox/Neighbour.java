package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.ProcFs;
import dev.nslab.scan.InsideView;
import dev.nslab.scan.SandboxRoot;
import dev.nslab.scan.SnapshotSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A learner beside the attacker, who types and looks at the panel. */
final class Neighbour {
    /** This is generous, because machines that run tests are busy. The bench measures. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final Console console;
    private final SnapshotSource panel;

    Neighbour(Sandbox sandbox) throws SandboxException {
        this.sandbox = sandbox;
        console = Console.open(sandbox);
        panel = new SnapshotSource(new ProcFs(Path.of("/proc")), sandbox.id(), InsideView.of(sandbox));
    }

    /** @param program one of the attacks that count, which stops at this many */
    void has(String program, int count) {
        UnderAttack.bring(console, program);
        assertThat(console.run("perl /tmp/" + program + " " + count + " </dev/null"))
                .isEqualTo(count + "\n");
    }

    void isWell() {
        long start = System.nanoTime();
        assertThat(console.run("echo $((6 * 7)); sleep 0")).isEqualTo("42\n");
        assertThat(panel.take(SandboxRoot.of(sandbox), Map.of(), true).processes())
                .extracting(process -> process.command())
                .contains("init", "bash");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    }

    /** Checks that the neighbour is well all the time until this is closed, and for at least a second. */
    final class Watch implements AutoCloseable {
        private final long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        private volatile boolean closing;
        private final CompletableFuture<Void> rounds = CompletableFuture.runAsync(
                this::run, task -> Thread.ofPlatform().name("neighbour").start(task));

        private void run() {
            while (!closing || System.nanoTime() < end) {
                isWell();
            }
        }

        @Override
        public void close() {
            closing = true;
            rounds.join();
        }
    }
}
