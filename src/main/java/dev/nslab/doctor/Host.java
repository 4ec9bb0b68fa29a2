package dev.nslab.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.nslab.linux.CgroupHierarchy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What files of /proc say of this machine. */
final class Host {

    /** Files by which container engines tell a program where it is: Docker's, and Podman's. */
    private static final List<Path> MARKS_OF_CONTAINERS =
            List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    private final Path proc;

    /** @param proc /proc, but for tests */
    Host(Path proc) {
        this.proc = proc;
    }

    boolean isContainer() {
        return MARKS_OF_CONTAINERS.stream().anyMatch(Files::exists);
    }

    /** Of a sysctl: "kernel/pty/max"; empty where the kernel has none of that name. */
    OptionalLong sysctl(String name) {
        return number(proc.resolve("sys").resolve(name));
    }

    /** Empty where there is no such file, or no number in it ("max"). */
    private static OptionalLong number(Path path) {
        // In one read: of a sysctl the kernel gives nothing after the first, however little that took.
        try (InputStream file = Files.newInputStream(path)) {
            byte[] number = new byte[64];
            int length = Math.max(file.read(number), 0);
            return OptionalLong.of(Long.parseLong(new String(number, 0, length, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** "6.18.44": of uname -r. */
    String kernel() throws IOException {
        return Files.readString(proc.resolve("sys/kernel/osrelease")).strip();
    }

    /** How many files this process may have open. */
    long mostOpenFiles() throws IOException {
        return resourceLimit("Max open files");
    }

    /** How many processes and threads the machine, this process's user and its cgroups may have, whichever has the fewest. */
    long mostProcesses() throws IOException {
        LongStream ofMachine = Stream.of("kernel/pid_max", "kernel/threads-max")
                .map(this::sysctl)
                .flatMapToLong(OptionalLong::stream);
        LongStream ofCgroups = CgroupHierarchy.all(proc.resolve("self")).stream()
                .flatMap(hierarchy ->
                        Stream.iterate(hierarchy.own(), cgroup -> cgroup.startsWith(hierarchy.top()), Path::getParent))
                .map(cgroup -> number(cgroup.resolve("pids.max")))
                .flatMapToLong(OptionalLong::stream);
        return LongStream.concat(ofMachine, ofCgroups).reduce(resourceLimit("Max processes"), Math::min);
    }

    /** Of getrlimit(2), the soft one. */
    private long resourceLimit(String name) throws IOException {
        return Files.readAllLines(proc.resolve("self/limits")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.split(" {2,}", -1)[1])
                .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** Bytes that new programs could use without swapping, in this container if it is one. */
    long availableMemory() throws IOException {
        long ofMachine = Files.readAllLines(proc.resolve("meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
        return Math.min(ofMachine, mostMemory());
    }

    /** The machine's, or what a cgroup leaves this process of it. */
    private static long mostMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** Inode of a namespace of this process: "pid". */
    OptionalLong namespace(String type) {
        try {
            String link = Files.readSymbolicLink(proc.resolve("self/ns").resolve(type))
                    .toString();
            return OptionalLong.of(Long.parseLong(link.replaceAll("[^0-9]", "")));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
