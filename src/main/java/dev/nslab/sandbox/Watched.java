package dev.nslab.sandbox;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox as the watchdog sees it. For one thread, but that the init's answers come when they come. */
final class Watched {
    private static final Logger log = LoggerFactory.getLogger(Watched.class);

    /** A change over a longer time says little of now. */
    private static final double OLD_SECONDS = 3;

    /** One that is slowed and begins again so soon is ended. */
    private static final double PROBATION_SECONDS = 60;

    private final Sandbox sandbox;
    private final Suspicion suspicion;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean punished = new AtomicBoolean();
    private volatile @Nullable Sight latest;
    private @Nullable Sight before;
    private double packets;
    private long slowed;

    /** The init of the life that was ended; the kernel may take seconds for it. */
    private volatile int expelled;

    private record Sight(long nanos, int init, Traffic traffic) {}

    Watched(Sandbox sandbox, long memory) {
        this.sandbox = sandbox;
        this.suspicion = new Suspicion(memory);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Has its init look, unless it still does: a starved one takes its time, and nobody may wait for it here. */
    void ask() {
        if (sandbox.state() == Sandbox.State.RUNNING && asked.compareAndSet(false, true))
            Thread.ofVirtual().name("nslab-watchdog-look").start(this::look);
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

    /** What it did between the last two looks, once; null while there is nothing new. */
    @Nullable
    TrafficChange change() {
        Sight now = latest;
        Sight earlier = before;
        if (now == null || now.equals(earlier)) return null;
        before = now;
        if (earlier == null || earlier.init != now.init) return null;
        double seconds = (now.nanos - earlier.nanos) / 1e9;
        if (seconds > OLD_SECONDS) return null;
        TrafficChange change = TrafficChange.between(earlier.traffic, now.traffic, seconds);
        packets = change.packets();
        return change;
    }

    /** A second, as of the last change. */
    double packets() {
        return packets;
    }

    /** How many triggers it had open at the last look. */
    int triggers() {
        Sight now = latest;
        return now == null ? 0 : now.traffic.triggers();
    }

    Optional<Offence> weigh(Room.Change room, double seen, TrafficChange change) {
        return suspicion.weigh(room, seen, change);
    }

    /** False while another is under way, and once it is to end. */
    boolean beginPunishment() {
        return sandbox.state() == Sandbox.State.RUNNING
                && sandbox.init() != expelled
                && punished.compareAndSet(false, true);
    }

    /** Waits until its links are down. */
    void punish(Offence offence, boolean slow) {
        try {
            if (slow) log.warn("sandbox {} has lost {} links", sandbox.id(), sandbox.quieten());
            else expel(offence);
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

    /** True if it is to be slowed, false if it was already, and has to end. */
    boolean maySlow(Offence offence) {
        boolean first = slowed == 0 || (System.nanoTime() - slowed) / 1e9 > PROBATION_SECONDS;
        suspicion.forget();
        slowed = System.nanoTime();
        return first && offence.endsWithLinks();
    }
}
