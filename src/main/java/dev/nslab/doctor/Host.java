package dev.nslab.doctor;

import dev.nslab.limits.Capacity;
import dev.nslab.linux.CgroupHierarchy;
import dev.nslab.linux.NumberFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What files of /proc say of this machine. */
final class Host {

    /** Files by which container engines show a program that it is in a container: Docker's, and Podman's. */
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

    /** Whether version 2 of cgroups has the controllers here, and not version 1. */
    boolean hasCgroupsOfVersion2() {
        return CgroupHierarchy.all(proc.resolve("self")).stream()
                .anyMatch(hierarchy -> hierarchy.unified() && hierarchy.top().equals(Path.of("/sys/fs/cgroup")));
    }

    /** The value of a sysctl, such as "kernel/pty/max"; empty if the kernel has none of that name. */
    OptionalLong sysctl(String name) {
        return NumberFile.read(proc.resolve("sys").resolve(name));
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
        return Math.min(Capacity.of(proc).processes(), resourceLimit("Max processes"));
    }

    /** The soft limit (getrlimit(2)). */
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
        return Math.min(ofMachine, Capacity.of(proc).memory());
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
