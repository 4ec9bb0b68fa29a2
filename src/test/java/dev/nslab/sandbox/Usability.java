package dev.nslab.sandbox;

import dev.nslab.linux.ProcFs;
import dev.nslab.linux.TestFds;
import dev.nslab.scan.InsideView;
import dev.nslab.scan.SandboxRoot;
import dev.nslab.scan.SnapshotSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How fast the lab feels to a learner. Each figure is in ms. */
public final class Usability implements AutoCloseable {
    /** The time between two keystrokes of a fast typist. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Sandboxes sandboxes;
    private final Sandbox sandbox;
    private final Console console;
    private final SnapshotSource panel;

    public Usability(Sandboxes sandboxes) throws SandboxException {
        this.sandboxes = sandboxes;
        sandbox = sandboxes.start("lab");
        console = Console.open(sandbox);
        panel = new SnapshotSource(new ProcFs(Path.of("/proc")), sandbox.id(), InsideView.of(sandbox));
        console.type("stty raw -echo; echo ready; exec cat\n");
        console.await("ready\n");
    }

    /**
     * Figures in ms.
     *
     * @param starts how long a new sandbox with a terminal took
     */
    public record Figures(List<Double> echoes, List<Double> snapshots, List<Double> starts) {
        public double echo() {
            return percentile(echoes);
        }

        public double snapshot() {
            return percentile(snapshots);
        }

        private static double percentile(List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
        }

        @Override
        public String toString() {
            return "echo p99 %.1f ms of %d, snapshot p99 %.1f ms of %d, starts at most %.1f ms of %d"
                    .formatted(
                            echo(),
                            echoes.size(),
                            snapshot(),
                            snapshots.size(),
                            Collections.max(starts),
                            starts.size());
        }
    }

    private interface Act {
        void run() throws Exception;
    }

    /** Types, takes snapshots and starts sandboxes for this time, all at once. */
    public Figures measure(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        var snapshots = CompletableFuture.supplyAsync(
                () -> repeat(end, PAUSE.multipliedBy(10), () -> panel.take(SandboxRoot.of(sandbox), Map.of(), true)));
        var starts = CompletableFuture.supplyAsync(() -> repeat(end, PAUSE.multipliedBy(50), this::startAnother));
        List<Double> echoes = repeat(end, PAUSE, this::echo);
        return new Figures(echoes, snapshots.join(), starts.join());
    }

    private static List<Double> repeat(long end, Duration pause, Act act) {
        List<Double> figures = new ArrayList<>();
        do {
            long start = System.nanoTime();
            try {
                act.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            figures.add((System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            LockSupport.parkNanos(pause.toNanos());
        } while (System.nanoTime() < end);
        return figures;
    }

    private void echo() {
        console.type("x");
        String back = new String(TestFds.read(console.master(), DEADLINE), StandardCharsets.US_ASCII);
        if (!back.equals("x")) {
            throw new AssertionError("typed x, and there came \"" + back + "\"");
        }
    }

    private void startAnother() throws SandboxException {
        Sandbox another = sandboxes.start("lab");
        try (Console terminal = Console.open(another)) {
            if (!terminal.run("echo $((6 * 7))").equals("42\n")) {
                throw new AssertionError("a shell that does not answer");
            }
        } finally {
            another.end();
        }
    }

    @Override
    public void close() {
        sandbox.end();
        console.close();
    }
}
