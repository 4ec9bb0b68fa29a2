package dev.nslab.watchdog;

import dev.nslab.sandbox.Traffic;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last seconds of the machine: comparing figures tells what it is doing now. */
final class Room {
    /** Work of a processor that lasts less than this is not considered load. */
    private static final double LOAD_SECONDS = 0.2;

    /** Growth of memory is measured over this time. Starting five hundred processes takes 20 MB. */
    private static final double MEMORY_SECONDS = 10;

    private final Deque<RoomFigures> last = new ArrayDeque<>();

    /**
     * What the machine does now.
     *
     * @param softirqs processors that are busy with softirqs
     * @param packets a second, in all network namespaces together
     * @param kernelGrowth bytes by which the kernel's own memory has grown
     * @param linksWait seconds for which somebody has waited to change a link, and still waits
     */
    record Change(double softirqs, double packets, long kernelGrowth, double linksWait) {}

    Change add(RoomFigures now, double linksWait) {
        while (!last.isEmpty() && seconds(last.getFirst(), now) > MEMORY_SECONDS) last.removeFirst();
        RoomFigures before = now;
        long least = now.kernelBytes();
        for (RoomFigures figures : last) {
            if (seconds(figures, now) >= LOAD_SECONDS) before = figures;
            least = Math.min(least, figures.kernelBytes());
        }
        last.addLast(now);
        return change(before, now, now.kernelBytes() - least, linksWait);
    }

    private static Change change(RoomFigures before, RoomFigures now, long kernelGrowth, double linksWait) {
        double seconds = seconds(before, now);
        if (seconds == 0) return new Change(0, 0, kernelGrowth, linksWait);
        double softirqs = (now.softirqTicks() - before.softirqTicks()) / Traffic.TICKS_PER_SECOND / seconds;
        double packets = ((now.packets() - before.packets()) & 0xffffffffL) / seconds;
        return new Change(softirqs, packets, kernelGrowth, linksWait);
    }

    private static double seconds(RoomFigures before, RoomFigures now) {
        return (now.nanos() - before.nanos()) / 1e9;
    }
}
