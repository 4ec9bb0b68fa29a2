package dev.nslab.terminal;

import dev.nslab.sandbox.ExitStatus;
import dev.nslab.sandbox.Shell;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shell's terminal. It lives on while nobody looks at it, remembers what was printed last, and takes what is typed.
 */
public final class TerminalSession implements AutoCloseable {

    /** The most rows and columns, so that the memory that programs allocate for a screen stays within reason. */
    public static final int MAX_SIZE = 1000;

    /**
     * A background job may keep the PTY of an ended shell open for ever. So the output also ends after this much
     * silence.
     */
    private static final long SILENCE_MS = 30;

    private static final Duration SILENCE_DEADLINE = Duration.ofSeconds(1);

    /** The exit status if the sandbox ended without reporting it: the kernel has killed the shell. */
    private static final ExitStatus KILLED = new ExitStatus(137, "SIGKILL");

    private final String id;
    private final String name;
    private final Shell shell;
    private final Terminals terminals;
    private final Runnable stirred;
    private final Instant created = Instant.now();
    private final Pump pump;
    private final OutputFanout fanout;
    private final Input input;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private volatile int cols;
    private volatile int rows;
    private volatile long lastInput = System.nanoTime();
    private volatile @Nullable ExitStatus status;

    TerminalSession(
            String id,
            String name,
            Shell shell,
            int cols,
            int rows,
            Terminals terminals,
            ReplayMemory memory,
            Runnable stirred)
            throws IOException {
        this.id = id;
        this.name = name;
        this.shell = shell;
        this.cols = cols;
        this.rows = rows;
        this.terminals = terminals;
        this.stirred = stirred;
        this.fanout = new OutputFanout(cols, rows, memory, this::readOn);
        this.pump = terminals.pump(shell.master(), new Output());
        this.input = new Input(terminals.writers(), pump::write, fanout::waiveCredit);
        var _ = shell.exit().whenComplete((how, failure) -> shellEnded(failure == null ? how : KILLED));
    }

    /** The id is unguessable, but knowing it gives no right to the terminal. */
    public String id() {
        return id;
    }

    /** "tty1". */
    public String name() {
        return name;
    }

    /** The shell's PID in the sandbox's first PID namespace. */
    public int pid() {
        return shell.pid();
    }

    public Instant created() {
        return created;
    }

    public int cols() {
        return cols;
    }

    public int rows() {
        return rows;
    }

    public int viewers() {
        return fanout.viewers();
    }

    /** When somebody typed last, by System.nanoTime(). */
    public long lastInput() {
        return lastInput;
    }

    /** Whether somebody has typed more than the program reads, and waits. */
    public boolean isInputBlocked() {
        return input.isBlocked();
    }

    /** Completes when the shell has ended and all its output was read. */
    public CompletableFuture<ExitStatus> exit() {
        return exit.copy();
    }

    /** How the shell ended; null while it runs. */
    public @Nullable ExitStatus exitStatus() {
        return exit.getNow(null);
    }

    /** Adds a viewer, who gets what is remembered and then everything that is printed. */
    public Subscription subscribe() {
        return fanout.subscribe();
    }

    /**
     * Types the bytes. From now on the array belongs to the terminal. Waits while the program still has more than 64 KB
     * to read.
     */
    public void write(byte[] bytes) throws InterruptedException {
        lastInput = System.nanoTime();
        input.write(bytes);
    }

    /**
     * Gives the PTY another size, for all viewers.
     *
     * @throws IllegalArgumentException unless both are 1 to {@value #MAX_SIZE}
     */
    public void resize(int newCols, int newRows) throws IOException {
        if (newCols < 1 || newCols > MAX_SIZE || newRows < 1 || newRows > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "cols and rows must be 1 to %d, not %d and %d".formatted(MAX_SIZE, newCols, newRows));
        }
        pump.resize(newCols, newRows);
        cols = newCols;
        rows = newRows;
        fanout.resized(newCols, newRows);
    }

    /** Hangs up: ends what runs in the terminal, frees the PTY, and sends the viewers away. */
    @Override
    public void close() {
        shell.end();
        input.close();
        pump.close();
        fanout.close();
    }

    private void readOn() {
        pump.resume();
    }

    private void shellEnded(ExitStatus how) {
        status = how;
        fanout.ending();
        if (pump.isHungUp()) {
            finish();
        } else {
            awaitSilence(System.nanoTime() + SILENCE_DEADLINE.toNanos());
        }
    }

    /**
     * The shell's end may be reported before its last output was read, so that output is waited for until there is
     * silence.
     */
    private void awaitSilence(long deadline) {
        var _ = terminals
                .clock()
                .schedule(() -> pump.afterReading(() -> listen(deadline)), SILENCE_MS, TimeUnit.MILLISECONDS);
    }

    private void listen(long deadline) {
        if (pump.quietFor(SILENCE_MS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
            finish();
        } else {
            awaitSilence(deadline);
        }
    }

    private void finish() {
        ExitStatus how = status;
        if (how == null || exit.isDone()) {
            return;
        }
        input.close();
        pump.close();
        fanout.exited(how);
        exit.complete(how);
    }

    private final class Output implements Pump.Receiver {

        @Override
        public boolean received(byte[] bytes, int length) {
            boolean more = fanout.append(bytes, length);
            stirred.run();
            return more;
        }

        @Override
        public void hungUp() {
            finish();
        }
    }
}
