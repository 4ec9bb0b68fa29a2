package dev.nslab.watchdog;

import dev.nslab.sandbox.Offence;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what no cgroup counts: softirqs, the kernel's own memory, the lock for links. The figures of the whole
 * machine are read in microseconds. Only when one of them is out of the ordinary are the sandboxes themselves examined.
 * A sandbox that is found guilty loses its links, and is ended if that does not help.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private static final Duration CALM = Duration.ofMillis(250);
    private static final Duration ALARMED = Duration.ofMillis(100);

    /**
     * How long the sandboxes are examined often. An alarm that lasts longer is most likely not caused by any of them.
     */
    private static final Duration CLOSE_LOOK = Duration.ofSeconds(10);

    /**
     * One sandbox is examined every so many turns if none should be able to create triggers; otherwise at each turn.
     */
    private static final int SELDOM = 5;

    private static final Duration TIRED = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    /**
     * A sandbox that seems guilty. If several seem guilty of what only one of them does, the busiest is punished first,
     * and then all are examined again.
     */
    private record Found(Watched who, Offence offence, TrafficChange change) {}

    private final Supplier<Collection<Sandbox>> sandboxes;
    private final long memory;
    private final Path proc;
    private final LinkProbe links = new LinkProbe();
    private final Map<Sandbox, Watched> watched = new HashMap<>();
    private final Room room = new Room();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("nslab-watchdog").unstarted(this::run);
    private volatile boolean closed;
    private long alarmedSince;
    private long warned;
    private int calm;
    private int turn;

    /**
     * @param sandboxes gives the sandboxes that there are at the moment
     * @param memory by how many bytes the kernel's own memory may grow within seconds
     * @param proc /proc, except in tests
     */
    Watchdog(Supplier<Collection<Sandbox>> sandboxes, long memory, Path proc) {
        this.sandboxes = sandboxes;
        this.memory = memory;
        this.proc = proc;
    }

    /** Watches over all sandboxes of this server, until it is closed. */
    public static Watchdog over(Sandboxes sandboxes, WatchdogSettings settings) {
        Watchdog watchdog = new Watchdog(sandboxes::all, settings.kernelMemory().toBytes(), Path.of("/proc"));
        if (settings.enabled()) {
            watchdog.thread.start();
        }
        return watchdog;
    }

    private void run() {
        while (!closed) {
            try {
                LockSupport.parkNanos(watch().toNanos());
            } catch (IOException e) {
                log.warn("the room is not watched, as /proc can't be read: {}", e.toString());
                return;
            } catch (RuntimeException e) {
                log.error("the watchdog missed a look", e);
                LockSupport.parkNanos(TIRED.toNanos());
            }
        }
    }

    /** Examines everything once, and returns how long to wait until the next time. */
    private Duration watch() throws IOException {
        follow();
        if (watched.isEmpty()) {
            return TIRED;
        }
        Room.Change now = room.add(RoomFigures.read(proc), links.waiting());
        links.ask();
        if (isOrdinary(now)) {
            alarmedSince = 0;
            lookAtOne();
            return CALM;
        }
        if (alarmedSince == 0) {
            alarmedSince = System.nanoTime();
        }
        lookAtAll(now);
        return elapsed(alarmedSince).compareTo(CLOSE_LOOK) < 0 ? ALARMED : TIRED;
    }

    private void follow() {
        Set<Sandbox> now = Set.copyOf(sandboxes.get());
        watched.keySet().retainAll(now);
        now.forEach(sandbox -> watched.computeIfAbsent(sandbox, key -> new Watched(key, memory)));
    }

    private boolean isOrdinary(Room.Change now) {
        return now.softirqs() < Suspicion.SOFTIRQS
                && now.kernelGrowth() < memory / 2
                && now.linksWait() < Suspicion.LINKS_WAIT / 2;
    }

    /**
     * Triggers do not show in the figures of the whole machine, so each sandbox is examined in turn, more often where
     * triggers can be created. If a second proc is mounted, as in a container, the permissions seen here may differ
     * from those of a sandbox's files.
     */
    private void lookAtOne() {
        if (calm++ % SELDOM != 0 && !canBeTriggered()) {
            return;
        }
        List<Watched> all = List.copyOf(watched.values());
        Watched one = all.get(turn++ % all.size());
        if (one.triggers() >= Suspicion.TRIGGERS) {
            punish(one, Offence.TRIGGERS, one.triggers() + " are open");
        }
        one.ask();
    }

    private boolean canBeTriggered() {
        try {
            return Files.getPosixFilePermissions(proc.resolve("pressure/cpu"))
                    .contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException none) {
            return false;
        }
    }

    private void lookAtAll(Room.Change now) {
        Map<Watched, TrafficChange> changes = new HashMap<>();
        for (Watched one : watched.values()) {
            TrafficChange change = one.change();
            if (change != null) {
                changes.put(one, change);
            }
            one.ask();
        }
        double seen = watched.values().stream().mapToDouble(Watched::packets).sum();
        List<Found> found = new ArrayList<>();
        changes.forEach((one, change) ->
                one.weigh(now, seen, change).ifPresent(offence -> found.add(new Found(one, offence, change))));
        found.sort(Comparator.comparingDouble(one -> -one.change.system()));
        Set<Offence> punished = EnumSet.noneOf(Offence.class);
        for (Found one : found) {
            if (punished.add(one.offence) || !one.offence.fitsSeveral()) {
                punish(one.who, one.offence, figures(now, one.change));
            }
        }
        warnIfNobodyIsFound(now, seen);
    }

    private void punish(Watched one, Offence offence, String figures) {
        if (!one.beginPunishment()) {
            return;
        }
        boolean slow = one.maySlow(offence);
        log.warn(
                "sandbox {} {}: {} ({})",
                one.sandbox().id(),
                slow ? "loses its links" : "is ended",
                offence.words(),
                figures);
        warned = System.nanoTime();
        Thread.ofVirtual().name("nslab-watchdog-act").start(() -> one.punish(offence, slow));
    }

    private static String figures(Room.Change now, TrafficChange change) {
        return "%.0f packets/s by %.2f processors, of the machine's %.0f by %.2f in softirqs; %d MB of the kernel's memory in 10 s; links wait %.1f s; %.2f processors change links"
                .formatted(
                        change.packets(),
                        change.processors(),
                        now.packets(),
                        now.softirqs(),
                        now.kernelGrowth() >> 20,
                        now.linksWait(),
                        change.routing());
    }

    /**
     * Warns the operator, who can find out whether the traffic is the machine's own or that of a sandbox that hides it.
     */
    private void warnIfNobodyIsFound(Room.Change now, double seen) {
        if (isExplained(now, seen) || elapsed(alarmedSince).compareTo(CLOSE_LOOK.dividedBy(2)) < 0) {
            return;
        }
        if (warned != 0 && elapsed(warned).compareTo(BETWEEN_WARNINGS) < 0) {
            return;
        }
        warned = System.nanoTime();
        log.warn(
                "the kernel is busy for all, and no sandbox shows why: {} processors in softirqs, {} packets/s of which"
                        + " sandboxes show {}, {} MB more memory of its own within 10 s, links wait {} s. If nothing else on this"
                        + " machine does that, a sandbox hides it: end the newest, and consider nslab.network-admin=false",
                "%.2f".formatted(now.softirqs()),
                Math.round(now.packets()),
                Math.round(seen),
                now.kernelGrowth() >> 20,
                "%.1f".formatted(now.linksWait()));
    }

    /** Whether the load is an ordinary one, of many sandboxes that each do what they may. */
    private boolean isExplained(Room.Change now, double seen) {
        return (now.softirqs() < Suspicion.SOFTIRQS || seen > now.packets() / 2)
                && now.kernelGrowth() < memory
                && now.linksWait() < Suspicion.LINKS_WAIT;
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        links.close();
    }
}
