package dev.nslab.watchdog;

import dev.nslab.sandbox.Offence;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Traffic;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox as the watchdog sees it. It is used by one thread; only the init's answers arrive on another one. */
final class Watched {
    private static final Logger log = LoggerFactory.getLogger(Watched.class);

    /** A change over a longer time says little about the present. */
    private static final double OLD_SECONDS = 3;

    /** A sandbox that was slowed and offends again within this time is ended. */
    private static final double PROBATION_SECONDS = 60;

    private final Sandbox sandbox;
    private final Suspicion suspicion;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean punished = new AtomicBoolean();
    private volatile @Nullable Sight latest;
    private @Nullable Sight before;
    private double packets;
    private long slowed;

    /** The init of the sandbox when it was ended for an offence. The kernel may take seconds to end it. */
    private volatile int expelled;

    private record Sight(long nanos, int init, Traffic traffic) {}

    Watched(Sandbox sandbox, long memory) {
        this.sandbox = sandbox;
        this.suspicion = new Suspicion(memory);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /**
     * Asks the sandbox's init to measure the traffic, unless it is still doing so. A starved init takes a while, and
     * the watchdog must not wait for it.
     */
    void ask() {
        if (sandbox.state() == Sandbox.State.RUNNING && asked.compareAndSet(false, true)) {
            Thread.ofVirtual().name("nslab-watchdog-look").start(this::look);
        }
    }

    private void look() {
        try {
            int init = sandbox.init();
            Traffic traffic = sandbox.traffic();
            latest = new Sight(System.nanoTime(), init, traffic);
        } catch (SandboxException e) {
            log.debug("no look at sandbox {}", sandbox.id(), e);
        } finally {
            asked.set(false);
        }
    }

    /**
     * What the sandbox did between the last two measurements. Each change is returned once; null while there is no new
     * one.
     */
    @Nullable
    TrafficChange change() {
        Sight now = latest;
        Sight earlier = before;
        if (now == null || now.equals(earlier)) {
            return null;
        }
        before = now;
        if (earlier == null || earlier.init != now.init) {
            return null;
        }
        double seconds = (now.nanos - earlier.nanos) / 1e9;
        if (seconds > OLD_SECONDS) {
            return null;
        }
        TrafficChange change = TrafficChange.between(earlier.traffic, now.traffic, seconds);
        packets = change.packets();
        return change;
    }

    /** Packets per second, in the last change. */
    double packets() {
        return packets;
    }

    /** How many triggers the sandbox had open at the last measurement. */
    int triggers() {
        Sight now = latest;
        return now == null ? 0 : now.traffic.triggers();
    }

    Optional<Offence> weigh(Room.Change room, double seen, TrafficChange change) {
        return suspicion.weigh(room, seen, change);
    }

    /** Returns false while another punishment is under way, and once the sandbox is ending. */
    boolean beginPunishment() {
        return sandbox.state() == Sandbox.State.RUNNING
                && sandbox.init() != expelled
                && punished.compareAndSet(false, true);
    }

    /** Takes down the sandbox's links and waits until they are down, or ends the sandbox. */
    void punish(Offence offence, boolean slow) {
        try {
            if (slow) {
                log.warn("sandbox {} has lost {} links", sandbox.id(), sandbox.quieten());
            } else {
                expel(offence);
            }
        } catch (SandboxException e) {
            log.warn("sandbox {} is ended, as its links stay: {}", sandbox.id(), e.getMessage());
            expel(offence);
        } finally {
            punished.set(false);
        }
    }

    private void expel(Offence offence) {
        expelled = sandbox.init();
        sandbox.expel(offence);
    }

    /**
     * True if it is enough to slow the sandbox. False if that was tried already or would not help, so that it has to
     * end.
     */
    boolean maySlow(Offence offence) {
        boolean first = slowed == 0 || (System.nanoTime() - slowed) / 1e9 > PROBATION_SECONDS;
        suspicion.forget();
        slowed = System.nanoTime();
        return first && offence.endsWithLinks();
    }
}
