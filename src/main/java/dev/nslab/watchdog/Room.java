package dev.nslab.watchdog;

import dev.nslab.sandbox.Traffic;
import java.util.ArrayDeque;
import java.util.Deque;

/** The machine's figures of the last seconds, which tell by comparison what it is doing now. */
final class Room {
    /** Work that keeps a processor busy for less than this is not considered load. */
    private static final double LOAD_SECONDS = 0.2;

    /** Growth of memory is measured over this time. Starting five hundred processes takes 20 MB. */
    private static final double MEMORY_SECONDS = 10;

    private final Deque<RoomFigures> last = new ArrayDeque<>();

    /**
     * What the machine is doing now.
     *
     * @param softirqs processors that are busy with softirqs
     * @param packets per second, in all network namespaces together
     * @param kernelGrowth by how many bytes the kernel's own memory has grown
     * @param linksWait for how many seconds the probe has been waiting to change a link; 0 if it is not waiting
     */
    record Change(double softirqs, double packets, long kernelGrowth, double linksWait) {}

    Change add(RoomFigures now, double linksWait) {
        while (!last.isEmpty() && seconds(last.getFirst(), now) > MEMORY_SECONDS) {
            last.removeFirst();
        }
        RoomFigures before = now;
        long least = now.kernelBytes();
        for (RoomFigures figures : last) {
            if (seconds(figures, now) >= LOAD_SECONDS) {
                before = figures;
            }
            least = Math.min(least, figures.kernelBytes());
        }
        last.addLast(now);
        return change(before, now, now.kernelBytes() - least, linksWait);
    }

    private static Change change(RoomFigures before, RoomFigures now, long kernelGrowth, double linksWait) {
        double seconds = seconds(before, now);
        if (seconds == 0) {
            return new Change(0, 0, kernelGrowth, linksWait);
        }
        double softirqs = (now.softirqTicks() - before.softirqTicks()) / Traffic.TICKS_PER_SECOND / seconds;
        double packets = ((now.packets() - before.packets()) & 0xffffffffL) / seconds;
        return new Change(softirqs, packets, kernelGrowth, linksWait);
    }

    private static double seconds(RoomFigures before, RoomFigures now) {
        return (now.nanos() - before.nanos()) / 1e9;
    }
}
