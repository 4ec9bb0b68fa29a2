package dev.nslab.terminal;

import dev.nslab.linux.Fd;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Shell;
import dev.nslab.sandbox.ShellRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all terminals share: one thread that reads, one for deadlines, and one for writing for each terminal that is
 * typed into.
 */
public final class Terminals implements AutoCloseable {

    private static final int ID_BYTES = 16;

    /** How much the terminals of a sandbox remember together: as much as eight of them at most. */
    private static final long REPLAY_OF_SANDBOX = 8L * OutputFanout.REPLAY;

    private final ReplayMemory replays = new ReplayMemory(Runtime.getRuntime().maxMemory() / 4, null);

    private final SecureRandom random = new SecureRandom();
    private final byte[] buffer = new byte[PseudoTerminal.READ];
    private final Poller poller;
    private final ScheduledExecutorService clock;
    private final ExecutorService writers;

    public Terminals() throws IOException {
        poller = new Poller("nslab-terminals");
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("nslab-terminal-clock").daemon().factory());
        writers = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("nslab-input-", 0).daemon().factory());
    }

    /**
     * Opens a shell in the sandbox and a terminal for it.
     *
     * @param memory what the terminals of this sandbox share
     * @param stirred called whenever something was printed; must be quick, and must not block
     */
    public TerminalSession open(
            Sandbox sandbox, String name, ShellRequest request, ReplayMemory memory, Runnable stirred)
            throws SandboxException, IOException {
        Shell shell = sandbox.open(request);
        try {
            return new TerminalSession(newId(), name, shell, request.cols(), request.rows(), this, memory, stirred);
        } catch (IOException | RuntimeException e) {
            shell.end();
            throw e;
        }
    }

    /** The memory for the terminals of one sandbox. */
    public ReplayMemory memory() {
        return new ReplayMemory(REPLAY_OF_SANDBOX, replays);
    }

    Pump pump(Fd master, Pump.Receiver receiver) throws IOException {
        PseudoTerminal pty = PseudoTerminal.adopt(master);
        try {
            return new Pump(pty, poller, clock, buffer, receiver);
        } catch (IOException | RuntimeException e) {
            pty.close();
            throw e;
        }
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    ExecutorService writers() {
        return writers;
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** To be called after all terminals were closed. */
    @Override
    public void close() {
        poller.close();
        clock.shutdownNow();
        writers.shutdownNow();
    }
}
