package dev.nslab.limits;

import com.sun.management.OperatingSystemMXBean;
import dev.nslab.linux.CgroupHierarchy;
import dev.nslab.linux.NumberFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What this machine has, or the part of it that this process may use because of the cgroups that it is in.
 *
 * @param memory in bytes
 * @param processes and threads
 * @param cpus how many it can use at the same time
 */
public record Capacity(long memory, long processes, int cpus) {

    /**
     * As it is now.
     *
     * @param proc /proc, but for tests
     */
    public static Capacity of(Path proc) {
        return new Capacity(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                processes(proc),
                Runtime.getRuntime().availableProcessors());
    }

    private static long processes(Path proc) {
        LongStream ofMachine = Stream.of("kernel/pid_max", "kernel/threads-max")
                .map(name -> NumberFile.read(proc.resolve("sys").resolve(name)))
                .flatMapToLong(OptionalLong::stream);
        LongStream ofCgroups = CgroupHierarchy.all(proc.resolve("self")).stream()
                .flatMap(hierarchy ->
                        Stream.iterate(hierarchy.own(), cgroup -> cgroup.startsWith(hierarchy.top()), Path::getParent))
                .map(cgroup -> NumberFile.read(cgroup.resolve("pids.max")))
                .flatMapToLong(OptionalLong::stream);
        return LongStream.concat(ofMachine, ofCgroups).min().orElse(Long.MAX_VALUE);
    }
}
