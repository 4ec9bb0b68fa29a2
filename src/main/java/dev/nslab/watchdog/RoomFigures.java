package dev.nslab.watchdog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What the whole machine has done, no matter for whom. Reading the figures takes about 50 µs.
 *
 * @param nanos when they were read, by System.nanoTime
 * @param packets that the kernel took from the queues of devices, of all network namespaces (/proc/net/softnet_stat),
 *     modulo 2^32
 * @param softirqTicks time that all processors have spent in softirqs, in hundredths of a second; softirqs move
 *     packets, and no process is charged for them
 * @param kernelBytes memory that the kernel has allocated for itself and cannot reclaim; it is added up, because
 *     computing it as the remainder of all other uses is briefly wrong by hundreds of MB
 */
record RoomFigures(long nanos, long packets, long softirqTicks, long kernelBytes) {

    /** Column of /proc/stat (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq. */
    private static final int SOFTIRQ = 7;

    /** The lines of /proc/meminfo that are added up (proc_meminfo(5)). */
    private static final Set<String> KERNEL = Set.of("SUnreclaim", "VmallocUsed", "Percpu");

    private static final int MOST = 1 << 16;

    /** @param proc /proc, except in tests */
    static RoomFigures read(Path proc) throws IOException {
        return new RoomFigures(
                System.nanoTime(),
                packets(text(proc.resolve("net/softnet_stat"), MOST)),
                softirqTicks(text(proc.resolve("stat"), 256)),
                kernelBytes(text(proc.resolve("meminfo"), MOST)));
    }

    static long packets(String softnet) {
        long sum = 0;
        for (String line : softnet.split("\n", -1)) {
            if (!line.isEmpty()) {
                sum += Long.parseLong(line.substring(0, line.indexOf(' ')), 16);
            }
        }
        return sum & 0xffffffffL;
    }

    static long softirqTicks(String stat) {
        StringTokenizer words = new StringTokenizer(stat);
        for (int skipped = 0; skipped < SOFTIRQ; skipped++) {
            words.nextToken();
        }
        return Long.parseLong(words.nextToken());
    }

    static long kernelBytes(String meminfo) {
        long kilobytes = 0;
        for (String line : meminfo.split("\n", -1)) {
            StringTokenizer words = new StringTokenizer(line, ": ");
            if (words.countTokens() >= 2 && KERNEL.contains(words.nextToken())) {
                kilobytes += Long.parseLong(words.nextToken());
            }
        }
        return kilobytes << 10;
    }

    /** The beginning of a file of /proc, in as few reads as possible. */
    private static String text(Path path, int most) throws IOException {
        byte[] bytes = new byte[most];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            int length = 0;
            for (int got; length < most && (got = file.read(bytes, length, most - length)) > 0; ) {
                length += got;
            }
            return new String(Arrays.copyOf(bytes, length), StandardCharsets.US_ASCII);
        }
    }
}
