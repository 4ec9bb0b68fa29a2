package dev.nslab.sandbox;

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
 * Watches what no cgroup sees: softirqs, the kernel's own memory, the lock for links. These are the machine's, and cost
 * microseconds to read; only when one of them is out of the ordinary are the sandboxes themselves looked at. Whoever is found
 * guilty loses its links, and ends if that does not help.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private static final Duration CALM = Duration.ofMillis(250);
    private static final Duration ALARMED = Duration.ofMillis(100);

    /** So long one looks closely; an alarm that goes on is most likely none of the sandboxes' making. */
    private static final Duration CLOSE_LOOK = Duration.ofSeconds(10);

    /** One turn in so many, where nobody should be able to make triggers. */
    private static final int SELDOM = 5;

    private static final Duration TIRED = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    /** Where several seem to do what one of them does alone, the busiest goes first, and all are weighed anew. */
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
     * @param sandboxes those there are now
     * @param memory bytes by which the kernel's own may grow within seconds
     * @param proc /proc, but for tests
     */
    Watchdog(Supplier<Collection<Sandbox>> sandboxes, long memory, Path proc) {
        this.sandboxes = sandboxes;
        this.memory = memory;
        this.proc = proc;
    }

    /** Over all sandboxes of this server, until it is closed. */
    public static Watchdog over(Sandboxes sandboxes, WatchdogSettings settings) {
        Watchdog watchdog = new Watchdog(sandboxes::all, settings.kernelMemory().toBytes(), Path.of("/proc"));
        if (settings.enabled()) watchdog.thread.start();
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

    /** One look; how long to wait until the next. */
    private Duration watch() throws IOException {
        follow();
        if (watched.isEmpty()) return TIRED;
        Room.Change now = room.add(RoomFigures.read(proc), links.waiting());
        links.ask();
        if (isOrdinary(now)) {
            alarmedSince = 0;
            lookAtOne();
            return CALM;
        }
        if (alarmedSince == 0) alarmedSince = System.nanoTime();
        lookAtAll(now);
        return elapsed(alarmedSince).compareTo(CLOSE_LOOK) < 0 ? ALARMED : TIRED;
    }

    private void follow() {
        Collection<Sandbox> now = sandboxes.get();
        watched.keySet().retainAll(now);
        now.forEach(sandbox -> watched.computeIfAbsent(sandbox, key -> new Watched(key, memory)));
    }

    private boolean isOrdinary(Room.Change now) {
        return now.softirqs() < Suspicion.SOFTIRQS
                && now.kernelGrowth() < memory / 2
                && now.linksWait() < Suspicion.LINKS_WAIT / 2;
    }

    /**
     * Triggers show in nothing that is read for all, so each sandbox has its turn; more often where they can be made. Where a
     * second proc is mounted, as in a container, the permissions seen here may not be those of a sandbox's files.
     */
    private void lookAtOne() {
        if (calm++ % SELDOM != 0 && !canBeTriggered()) return;
        List<Watched> all = List.copyOf(watched.values());
        Watched one = all.get(turn++ % all.size());
        if (one.triggers() >= Suspicion.TRIGGERS) punish(one, Offence.TRIGGERS, one.triggers() + " are open");
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
            if (change != null) changes.put(one, change);
            one.ask();
        }
        double seen = watched.values().stream().mapToDouble(Watched::packets).sum();
        List<Found> found = new ArrayList<>();
        changes.forEach((one, change) ->
                one.weigh(now, seen, change).ifPresent(offence -> found.add(new Found(one, offence, change))));
        found.sort(Comparator.comparingDouble(one -> -one.change.system()));
        Set<Offence> punished = EnumSet.noneOf(Offence.class);
        for (Found one : found)
            if (punished.add(one.offence) || !one.offence.fitsSeveral())
                punish(one.who, one.offence, figures(now, one.change));
        warnIfNobodyIsFound(now, seen);
    }

    private void punish(Watched one, Offence offence, String figures) {
        if (!one.beginPunishment()) return;
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

    /** Traffic of the machine's own is no sandbox's, nor is what a sandbox hides; an operator can tell which it is. */
    private void warnIfNobodyIsFound(Room.Change now, double seen) {
        if (isExplained(now, seen) || elapsed(alarmedSince).compareTo(CLOSE_LOOK.dividedBy(2)) < 0) return;
        if (warned != 0 && elapsed(warned).compareTo(BETWEEN_WARNINGS) < 0) return;
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

    /** Many sandboxes that each do what they may are a load, and nothing to warn of. */
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
