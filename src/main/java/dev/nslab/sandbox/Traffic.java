package dev.nslab.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What a sandbox's init reports of things that no cgroup counts. All numbers come from the sandbox, and may be lies of
 * a learner who has taken over the init.
 *
 * @param triggers how many files of /proc/pressure, or of cgroups, are open for writing
 * @param inFlight files on their way through sockets, mounts to which no path leads and the like, which may be network
 *     namespaces that nobody sees
 * @param ticks of processor time, in hundredths of a second, of all processes and of those they have waited for
 * @param systemTicks the part of it that was spent in the kernel
 * @param routers processes with a socket of rtnetlink(7), through which links are made and changed; 16 at most
 * @param packets that were received by the interfaces of each network namespace, by its inode; -1 if it may not be
 *     entered
 */
public record Traffic(
        int triggers, long inFlight, long ticks, long systemTicks, List<Router> routers, Map<Long, Long> packets) {

    /** USER_HZ of all architectures that Java runs on (time(7)). */
    public static final double TICKS_PER_SECOND = 100;

    /**
     * A process that has a socket of rtnetlink(7).
     *
     * @param start in ticks since boot: with the PID it tells a process from a later one
     * @param systemTicks that it has spent in the kernel
     */
    public record Router(int pid, long start, long systemTicks) {
        public boolean isSame(Router other) {
            return pid == other.pid && start == other.start;
        }
    }

    public Traffic {
        routers = List.copyOf(routers);
        packets = Map.copyOf(packets);
    }
}
