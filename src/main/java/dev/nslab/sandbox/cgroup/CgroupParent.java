package dev.nslab.sandbox.cgroup;

import dev.nslab.limits.CgroupLimits;
import dev.nslab.linux.CgroupHierarchy;
import dev.nslab.sandbox.spec.ServerFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cgroup of this server, in one hierarchy, whose children are the sandboxes' cgroups. */
final class CgroupParent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CgroupParent.class);

    private static final String PREFIX = "nslab-";
    private static final String SERVER = "server";

    /** The kernel lets a sandbox's root mount its part of a hierarchy only if that root could reach the directory. */
    private static final FileAttribute<?> PASSABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));

    /**
     * All sandboxes together have a quarter of the server's weight (which is 100 or 1024), so that it answers while
     * they compute.
     */
    private static final String WEIGHT = "25";

    private static final String SHARES = "256";

    private static final long CPU_PERIOD = 100_000;

    private static final long TCP_SHARE = 8;

    /**
     * For version 2, the cgroups below the one that limits a sandbox: that of the init, the root of those that the
     * learner sees and may divide, and the one in which each shell begins. The helper knows these names.
     */
    private static final List<String> PARTS = List.of("init", "lab", "lab/terminals");

    /** How many cgroups learners may create, and how deep; those above are included in the count. */
    private static final String DESCENDANTS = "100";

    private static final String DEPTH = "10";

    private final boolean unified;
    private final Set<String> controllers;
    private final Path directory;
    private final @Nullable Path home;
    private final List<Path> ofDeadServers;

    private CgroupParent(
            boolean unified, Set<String> controllers, Path directory, @Nullable Path home, List<Path> ofDeadServers) {
        this.unified = unified;
        this.controllers = controllers;
        this.directory = directory;
        this.home = home;
        this.ofDeadServers = ofDeadServers;
    }

    /**
     * Opens one below this process's own cgroup or, if that is impossible and this process is root, at the top of the
     * hierarchy.
     */
    static Optional<CgroupParent> open(
            CgroupHierarchy hierarchy, Set<String> controllers, boolean root, CgroupLimits ofAll) {
        for (Path base : root ? List.of(hierarchy.own(), hierarchy.top()) : List.of(hierarchy.own())) {
            try {
                return Optional.of(open(hierarchy, base, controllers, ofAll));
            } catch (IOException e) {
                log.debug("no cgroups can be made in {}", base, e);
            }
        }
        return Optional.empty();
    }

    private static CgroupParent open(CgroupHierarchy hierarchy, Path base, Set<String> controllers, CgroupLimits ofAll)
            throws IOException {
        // A server that was killed leaves empty cgroups behind; this server may not be allowed to remove all of them.
        List<Path> left = ServerFolders.ofDeadServers(base, PREFIX).stream()
                .filter(directory -> !isRemoved(directory))
                .toList();
        Path directory = ServerFolders.make(base, PREFIX, PASSABLE);
        Path home = null;
        try {
            if (hierarchy.unified()) {
                home = enable(hierarchy, base, controllers);
                write(directory.resolve("cgroup.subtree_control"), enabling(controllers));
                writeIf(controllers.contains("cpu"), directory.resolve("cpu.weight"), WEIGHT);
            } else {
                writeIf(controllers.contains("cpu"), directory.resolve("cpu.shares"), SHARES);
                writeIf(
                        Files.exists(directory.resolve("memory.use_hierarchy")),
                        directory.resolve("memory.use_hierarchy"),
                        "1");
            }
            CgroupParent parent = new CgroupParent(hierarchy.unified(), controllers, directory, home, left);
            parent.limit(directory, ofAll);
            return parent;
        } catch (IOException e) {
            var _ = isRemoved(directory);
            throw e;
        }
    }

    /**
     * A cgroup of version 2 that contains processes cannot enable controllers for its children, unless it is the
     * machine's uppermost one. So if this process is alone there, it moves into a child. Returns where it was before,
     * if it has moved.
     */
    private static @Nullable Path enable(CgroupHierarchy hierarchy, Path base, Set<String> controllers)
            throws IOException {
        Path control = base.resolve("cgroup.subtree_control");
        if (Set.of(Files.readString(control).strip().split(" ", -1)).containsAll(controllers)) {
            return null;
        }
        if (!base.equals(hierarchy.own()) || isUppermost(base)) {
            write(control, enabling(controllers));
            return null;
        }
        Path server = base.resolve(SERVER);
        if (!Files.exists(server)) {
            Files.createDirectory(server);
        }
        write(server.resolve("cgroup.procs"), "0");
        try {
            write(control, enabling(controllers));
            return base;
        } catch (IOException notAlone) {
            returnTo(base);
            throw notAlone;
        }
    }

    /** Of the machine: that of a container, which sees none above it, has this file. */
    private static boolean isUppermost(Path cgroup) {
        return !Files.exists(cgroup.resolve("cgroup.type"));
    }

    private static void returnTo(Path base) throws IOException {
        write(base.resolve("cgroup.procs"), "0");
        var _ = isRemoved(base.resolve(SERVER));
    }

    private static String enabling(Set<String> controllers) {
        return "+" + String.join(" +", controllers);
    }

    List<Path> ofDeadServers() {
        return ofDeadServers;
    }

    boolean isUnified() {
        return unified;
    }

    Set<String> controllers() {
        return controllers;
    }

    Path directory() {
        return directory;
    }

    /** Creates a child with these limits. */
    SandboxCgroup make(String name, CgroupLimits limits) throws IOException {
        Path child = directory.resolve(name);
        Files.createDirectory(child);
        try {
            limit(child, limits);
            if (unified) {
                divide(child);
            }
            return new SandboxCgroup(child, unified ? enabling(controllers) : null);
        } catch (IOException e) {
            var _ = isRemoved(child);
            throw e;
        }
    }

    private void divide(Path cgroup) throws IOException {
        write(cgroup.resolve("cgroup.max.descendants"), DESCENDANTS);
        write(cgroup.resolve("cgroup.max.depth"), DEPTH);
        write(cgroup.resolve("cgroup.subtree_control"), enabling(controllers));
        for (String part : PARTS) {
            Files.createDirectory(cgroup.resolve(part));
        }
    }

    private void limit(Path cgroup, CgroupLimits limits) throws IOException {
        String memory = Long.toString(limits.memory());
        boolean hasQuota = controllers.contains("cpu") && Double.isFinite(limits.cpus());
        long quota = Math.round(limits.cpus() * CPU_PERIOD);
        writeIf(controllers.contains("pids"), cgroup.resolve("pids.max"), Long.toString(limits.processes()));
        if (unified) {
            writeIf(hasQuota, cgroup.resolve("cpu.max"), quota + " " + CPU_PERIOD);
            writeIf(controllers.contains("memory"), cgroup.resolve("memory.max"), memory);
            writeIf(Files.exists(cgroup.resolve("memory.swap.max")), cgroup.resolve("memory.swap.max"), "0");
        } else {
            writeIf(hasQuota, cgroup.resolve("cpu.cfs_period_us"), Long.toString(CPU_PERIOD));
            writeIf(hasQuota, cgroup.resolve("cpu.cfs_quota_us"), Long.toString(quota));
            writeIf(controllers.contains("memory"), cgroup.resolve("memory.limit_in_bytes"), memory);
            Path withSwap = cgroup.resolve("memory.memsw.limit_in_bytes");
            writeIf(Files.exists(withSwap), withSwap, memory);
            // Version 1 counts the memory of TCP separately, and only if it is limited.
            Path ofTcp = cgroup.resolve("memory.kmem.tcp.limit_in_bytes");
            writeIf(Files.exists(ofTcp), ofTcp, Long.toString(limits.memory() / TCP_SHARE));
        }
    }

    private static void writeIf(boolean wanted, Path file, String text) throws IOException {
        if (wanted) {
            write(file, text);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Removes a cgroup and those below it, which a learner may have created. False while a process is in one of them.
     */
    static boolean isRemoved(Path cgroup) {
        if (isDeleted(cgroup)) {
            return true;
        }
        try (Stream<Path> all = Files.walk(cgroup)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .allMatch(CgroupParent::isDeleted);
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    private static boolean isDeleted(Path cgroup) {
        try {
            Files.delete(cgroup);
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    @Override
    public void close() {
        var _ = isRemoved(directory);
        if (home == null) {
            return;
        }
        try {
            write(home.resolve("cgroup.subtree_control"), "-" + String.join(" -", controllers));
            returnTo(home);
        } catch (IOException e) {
            log.debug("the server stays in its cgroup", e);
        }
    }
}
