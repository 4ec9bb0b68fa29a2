package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.sandbox.SandboxException.Problem;
import dev.nslab.sandbox.cgroup.Cgroups;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts launchers, and always keeps one ready: to join a cgroup, a process waits for a grace period of RCU (about 10
 * ms), and so no learner has to.
 */
final class Launchers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Launchers.class);

    private static final Duration END_DEADLINE = Duration.ofSeconds(2);

    private final SealedProgram program;
    private final Poller poller;
    private final Cgroups cgroups;
    private final AtomicReference<@Nullable Launcher> spare = new AtomicReference<>();
    private boolean closed;

    Launchers(SealedProgram program, Poller poller, Cgroups cgroups) {
        this.program = program;
        this.poller = poller;
        this.cgroups = cgroups;
    }

    /** The launcher that is ready, or else a new one. The caller then calls {@link #replenish} when there is time. */
    Launcher take() throws SandboxException {
        Launcher kept = spare.getAndSet(null);
        if (kept != null && kept.process().isAlive()) {
            return kept;
        }
        if (kept != null) {
            kept.dismiss();
        }
        return start();
    }

    void replenish() {
        if (spare.get() == null) {
            Thread.ofVirtual().name("nslab-launcher").start(this::keepOne);
        }
    }

    /** Never runs at the same time as {@link #close}: no launcher may be started afterwards. */
    private synchronized void keepOne() {
        if (closed || spare.get() != null) {
            return;
        }
        try {
            spare.set(start());
        } catch (SandboxException e) {
            log.debug("none is kept in advance", e); // the next caller who needs one learns why there is none
        }
    }

    private Launcher start() throws SandboxException {
        String name = cgroups.newName();
        try {
            return Launcher.start(program, poller, cgroups.make(name), () -> cgroups.remove(name));
        } catch (LinuxException e) {
            cgroups.remove(name);
            throw new SandboxException(Problem.START_FAILED, Advice.sentence(HelperStep.START, e.step(), e.errno()));
        } catch (IOException e) {
            cgroups.remove(name);
            throw new SandboxException(Problem.START_FAILED, "make a cgroup for the sandbox: " + e.getMessage());
        }
    }

    /** Waits until the launcher that was kept ready is gone, too. */
    @Override
    public synchronized void close() {
        closed = true;
        Launcher kept = spare.getAndSet(null);
        if (kept == null) {
            return;
        }
        kept.dismiss();
        if (!kept.process().exitsWithin(END_DEADLINE)) {
            kept.process().kill();
        }
    }
}
