package dev.nslab.watchdog;

import dev.nslab.sandbox.Traffic;
import java.util.Map;

/**
 * What a sandbox did between two measurements of its {@link Traffic}.
 *
 * @param seconds between the two measurements
 * @param packets per second, received by all interfaces of all its network namespaces that could be found
 * @param processors its processes' processor time per second
 * @param system the part of that time that was spent in the kernel
 * @param routing system time per second of its processes that had an rtnetlink(7) socket at both measurements
 * @param newRouters whether a process now has such a socket that did not exist, or had none, at the first measurement
 * @param triggers on the machine's pressure (psi) that are open now
 * @param inFlight files that are now on their way through sockets
 */
record TrafficChange(
        double seconds,
        double packets,
        double processors,
        double system,
        double routing,
        boolean newRouters,
        int triggers,
        long inFlight) {

    static TrafficChange between(Traffic before, Traffic after, double seconds) {
        return new TrafficChange(
                seconds,
                packets(before.packets(), after.packets()) / seconds,
                share(before.ticks(), after.ticks(), seconds),
                share(before.systemTicks(), after.systemTicks(), seconds),
                routing(before, after) / Traffic.TICKS_PER_SECOND / seconds,
                after.routers().stream()
                        .anyMatch(router -> before.routers().stream().noneMatch(router::isSame)),
                after.triggers(),
                after.inFlight());
    }

    private static double share(long before, long after, double seconds) {
        // The sum is less than before if a process has ended for which nobody waited.
        return Math.max(after - before, 0) / Traffic.TICKS_PER_SECOND / seconds;
    }

    private static long packets(Map<Long, Long> before, Map<Long, Long> after) {
        return after.entrySet().stream()
                .mapToLong(now -> now.getValue() - Math.max(before.getOrDefault(now.getKey(), now.getValue()), 0))
                .filter(difference -> difference > 0)
                .sum();
    }

    private static long routing(Traffic before, Traffic after) {
        return after.routers().stream()
                .mapToLong(router -> before.routers().stream()
                        .filter(router::isSame)
                        .mapToLong(earlier -> Math.max(router.systemTicks() - earlier.systemTicks(), 0))
                        .sum())
                .sum();
    }
}
