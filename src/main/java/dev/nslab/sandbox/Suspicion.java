package dev.nslab.sandbox;

import java.util.Optional;

/**
 * What is held against one sandbox, as looks at it and at the machine go on. Evidence is needed that this sandbox does it, not
 * only that it does the most: figures of attacks and of honest loads that the thresholds lie between are in SuspicionTests.
 */
final class Suspicion {
    /**
     * Processors' worth of softirqs of the whole machine from which on one looks for a culprit. A loop takes all of each
     * processor that it is on; floods by a process of 1 CPU took 0.3, through 64 ports of a bridge too.
     */
    static final double SOFTIRQS = 0.5;

    /** A second. Slower loops that cost as much have something expensive in their way. */
    private static final double PACKETS = 10_000;

    /** For each second of processor time: a send costs a process 1 µs at least, 0.25 µs for each port that it is copied to. */
    private static final double PACKETS_OF_PROCESSES = 8_000_000;

    /**
     * The same for slow machines, whose loops are slower, too: processors in softirqs for each that its processes have. Those of
     * honest floods were 0.5 at most.
     */
    private static final double SOFTIRQS_OF_PROCESSES = 4;

    /** Of all packets of the machine; with less it is not this sandbox for which the softirqs work. */
    private static final double PART = 0.1;

    /** No packet of a flood costs more; what softirqs do besides is not laid to whoever has the most packets. */
    private static final double SECONDS_PER_PACKET = 2e-6;

    private static final int LOOKS = 3;
    private static final int LOOKS_AT_HIDDEN = 6;
    /**
     * Processors' worth of softirqs, for each that its processes use, and one at least: of honest floods 0.45. A loop whose maker
     * spins beside it shows by this.
     */
    private static final double FLOOD = 0.75;

    private static final double FLOOD_SECONDS = 2;

    /** System time a second of processes that change links. `ip` needs milliseconds. */
    private static final double ROUTING = 0.25;

    /** Seconds; a hundred sandboxes that each remove a link take less. */
    static final double LINKS_WAIT = 0.75;

    /** "A few dozen" are for people who try it. */
    static final int TRIGGERS = 64;

    private final long memory;
    private int loops;
    private double flood;
    private int hidden;
    private int routing;

    /**
     * @param memory bytes of the kernel's by which it may grow at once
     */
    Suspicion(long memory) {
        this.memory = memory;
    }

    /**
     * Takes one more pair of looks into account.
     *
     * @param seen packets a second of all sandboxes together, as far as they can be found
     * @return what it is guilty of, now
     */
    Optional<Offence> weigh(Room.Change room, double seen, TrafficChange sandbox) {
        boolean busy = room.softirqs() >= SOFTIRQS;
        double part = sandbox.packets() / Math.max(Math.max(room.packets(), seen), 1);
        loops = busy && movesByItself(sandbox, worth(room, part, sandbox)) && part >= PART ? loops + 1 : 0;
        flood = busy && worth(room, part, sandbox) >= FLOOD * Math.max(sandbox.processors(), 1)
                ? flood + sandbox.seconds()
                : 0;
        hidden = busy && hides(room, seen) && sandbox.inFlight() > 0 ? hidden + 1 : 0;
        routing = changesLinks(sandbox) ? routing + 1 : 0;
        return verdict(room, sandbox);
    }

    private Optional<Offence> verdict(Room.Change room, TrafficChange sandbox) {
        if (sandbox.triggers() >= TRIGGERS) return Optional.of(Offence.TRIGGERS);
        if (room.kernelGrowth() >= memory && isRouting(sandbox, 1)) return Optional.of(Offence.MEMORY);
        if (room.linksWait() >= LINKS_WAIT && isRouting(sandbox, 2)) return Optional.of(Offence.LINKS);
        if (loops >= LOOKS) return Optional.of(Offence.LOOP);
        if (flood >= FLOOD_SECONDS) return Optional.of(Offence.FLOOD);
        if (hidden >= LOOKS_AT_HIDDEN) return Optional.of(Offence.HIDDEN);
        return Optional.empty();
    }

    /** Many short programs are harder to be sure of than one that goes on: those with a socket are others at each look. */
    private boolean isRouting(TrafficChange sandbox, int looks) {
        return routing >= (sandbox.routing() >= ROUTING ? looks : LOOKS);
    }

    private static boolean changesLinks(TrafficChange sandbox) {
        return sandbox.routing() >= ROUTING || (sandbox.newRouters() && sandbox.system() >= ROUTING);
    }

    private static boolean movesByItself(TrafficChange sandbox, double worth) {
        return sandbox.packets() >= PACKETS
                && (sandbox.packets() >= PACKETS_OF_PROCESSES * sandbox.processors()
                        || worth >= Math.max(SOFTIRQS, SOFTIRQS_OF_PROCESSES * sandbox.processors()));
    }

    private static double worth(Room.Change room, double part, TrafficChange sandbox) {
        return Math.min(room.softirqs() * part, sandbox.packets() * SECONDS_PER_PACKET);
    }

    /** Most packets are in networks that are none of the sandboxes', as far as they can be found. */
    private static boolean hides(Room.Change room, double seen) {
        return room.packets() >= 10 * PACKETS && seen < room.packets() / 3;
    }

    /** As if nothing had been seen of it. */
    void forget() {
        loops = 0;
        flood = 0;
        hidden = 0;
        routing = 0;
    }
}
