package dev.nslab.watchdog;

import dev.nslab.sandbox.Offence;
import java.util.Optional;

/**
 * The evidence against one sandbox, collected while it and the machine are watched. The evidence has to show that this
 * sandbox does the harm, and not only that it does the most. SuspicionTests has the figures of attacks and of honest
 * loads, between which the thresholds lie.
 */
public final class Suspicion {
    /**
     * How many processors may be busy with softirqs before a culprit is looked for. A loop takes all of each processor
     * that it runs on. Floods by a process with 1 CPU took 0.3, even through 64 ports of a bridge.
     */
    static final double SOFTIRQS = 0.5;

    /** The fewest packets per second of a loop. A slower one that costs as much has something expensive in its path. */
    private static final double PACKETS = 10_000;

    /**
     * The most packets that a process can send per second of processor time. Sending one takes at least 1 µs, and 0.25
     * µs for each port that it is copied to.
     */
    private static final double PACKETS_OF_PROCESSES = 8_000_000;

    /**
     * The same for slow machines, whose loops are slower, too: how many processors are busy with softirqs for each
     * processor that the sandbox's own processes use. For honest floods this was at most 0.5.
     */
    private static final double SOFTIRQS_OF_PROCESSES = 4;

    /** A sandbox with less than this share of the machine's packets is not what keeps the softirqs busy. */
    private static final double PART = 0.1;

    /**
     * No packet of a flood costs more than this. It keeps other work of softirqs from being blamed on the sandbox with
     * the most packets.
     */
    private static final double SECONDS_PER_PACKET = 2e-6;

    private static final int LOOKS = 3;
    private static final int LOOKS_AT_HIDDEN = 6;
    /**
     * How many processors are busy with softirqs for each processor that the sandbox's own processes use, which counts
     * as at least one. For honest floods this was 0.45. It reveals a loop whose maker also keeps a processor busy.
     */
    private static final double FLOOD = 0.75;

    private static final double FLOOD_SECONDS = 2;

    /** System time per second of processes that change links. `ip` needs milliseconds. */
    private static final double ROUTING = 0.25;

    /** How many seconds it may take to change a link. A hundred sandboxes that each remove a link take less. */
    static final double LINKS_WAIT = 0.75;

    /** How many triggers a sandbox may have open. Somebody who just tries them out uses at most a few dozen. */
    public static final int TRIGGERS = 64;

    private final long memory;
    private int loops;
    private double flood;
    private int hidden;
    private int routing;

    /** @param memory by how many bytes the kernel's own memory may grow at once */
    Suspicion(long memory) {
        this.memory = memory;
    }

    /**
     * Takes one more pair of measurements into account.
     *
     * @param seen packets per second of all sandboxes together, as far as these can be found
     * @return the offence of which the sandbox is now found guilty
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
        if (sandbox.triggers() >= TRIGGERS) {
            return Optional.of(Offence.TRIGGERS);
        }
        if (room.kernelGrowth() >= memory && isRouting(sandbox, 1)) {
            return Optional.of(Offence.MEMORY);
        }
        if (room.linksWait() >= LINKS_WAIT && isRouting(sandbox, 2)) {
            return Optional.of(Offence.LINKS);
        }
        if (loops >= LOOKS) {
            return Optional.of(Offence.LOOP);
        }
        if (flood >= FLOOD_SECONDS) {
            return Optional.of(Offence.FLOOD);
        }
        if (hidden >= LOOKS_AT_HIDDEN) {
            return Optional.of(Offence.HIDDEN);
        }
        return Optional.empty();
    }

    /**
     * Many short programs need more measurements than one that keeps running, because each measurement finds different
     * processes with a socket.
     */
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

    /** Whether most packets are in networks that belong to no sandbox, as far as these can be found. */
    private static boolean hides(Room.Change room, double seen) {
        return room.packets() >= 10 * PACKETS && seen < room.packets() / 3;
    }

    /** Drops all evidence. */
    void forget() {
        loops = 0;
        flood = 0;
        hidden = 0;
        routing = 0;
    }
}
