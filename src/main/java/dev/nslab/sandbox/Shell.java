package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import java.util.concurrent.CompletableFuture;

/** A program that runs in a terminal of its own in a sandbox: what was asked for by a {@link ShellRequest}. */
public final class Shell {
    private final int pid;
    private final Fd master;
    private final Runnable end;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

    Shell(int pid, Fd master, Runnable end) {
        this.pid = pid;
        this.master = master;
        this.end = end;
    }

    /** The PID in the sandbox's first PID namespace, as ps shows it there. It is also the id of the shell's session. */
    public int pid() {
        return pid;
    }

    /** Master of its PTY, which the caller has to close. */
    public Fd master() {
        return master;
    }

    /** Completes on the poller's thread when the program has ended; other processes may still be in its terminal. */
    public CompletableFuture<ExitStatus> exit() {
        return exit;
    }

    /** Kills every process of its session. Does not wait, and does nothing when they are gone. */
    public void end() {
        end.run();
    }

    void exited(ExitStatus status) {
        exit.complete(status);
    }
}
