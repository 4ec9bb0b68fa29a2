package dev.nslab.sandbox;

import dev.nslab.linux.CgroupHierarchy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** All sandboxes together weigh a quarter of what the server does, so that it answers while they compute (100 and 1024). */
    private static final String WEIGHT = "25";

    private static final String SHARES = "256";

    private static final long CPU_PERIOD = 100_000;

    private static final long TCP_SHARE = 8;

    /** Learners may make cgroups below their own, where its files belong to them. */
    private static final String DESCENDANTS = "100";

    private final boolean unified;
    private final Set<String> controllers;
    private final Path directory;
    private final @Nullable Path home;

    private CgroupParent(boolean unified, Set<String> controllers, Path directory, @Nullable Path home) {
        this.unified = unified;
        this.controllers = controllers;
        this.directory = directory;
        this.home = home;
    }

    /** Below this process's own cgroup, else, for root, at the top. */
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
        removeThoseOfDeadServers(base);
        Path directory =
                Files.createTempDirectory(base, PREFIX + ProcessHandle.current().pid() + "-");
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
            CgroupParent parent = new CgroupParent(hierarchy.unified(), controllers, directory, home);
            parent.limit(directory, ofAll);
            return parent;
        } catch (IOException e) {
            var _ = isRemoved(directory);
            throw e;
        }
    }

    /**
     * A cgroup of version 2 that has processes of its own cannot pass controllers on: so this process, if it is alone there,
     * moves into a child. Where it was before, if it has moved.
     */
    private static @Nullable Path enable(CgroupHierarchy hierarchy, Path base, Set<String> controllers)
            throws IOException {
        Path control = base.resolve("cgroup.subtree_control");
        if (Set.of(Files.readString(control).strip().split(" ", -1)).containsAll(controllers)) return null;
        if (!base.equals(hierarchy.own()) || base.equals(hierarchy.top())) {
            write(control, enabling(controllers));
            return null;
        }
        Path server = base.resolve(SERVER);
        if (!Files.exists(server)) Files.createDirectory(server);
        write(server.resolve("cgroup.procs"), "0");
        try {
            write(control, enabling(controllers));
            return base;
        } catch (IOException notAlone) {
            returnTo(base);
            throw notAlone;
        }
    }

    private static void returnTo(Path base) throws IOException {
        write(base.resolve("cgroup.procs"), "0");
        var _ = isRemoved(base.resolve(SERVER));
    }

    private static String enabling(Set<String> controllers) {
        return "+" + String.join(" +", controllers);
    }

    /** A server that was killed leaves them, empty. */
    private static void removeThoseOfDeadServers(Path base) throws IOException {
        try (DirectoryStream<Path> servers = Files.newDirectoryStream(base, PREFIX + "[0-9]*-*")) {
            for (Path server : servers) {
                String pid = server.getFileName().toString().split("-", -1)[1];
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    var _ = isRemoved(server);
                }
            }
        }
    }

    Set<String> controllers() {
        return controllers;
    }

    Path directory() {
        return directory;
    }

    /** The directory of a new child with the limits. */
    Path make(String name, CgroupLimits limits) throws IOException {
        Path child = directory.resolve(name);
        Files.createDirectory(child);
        try {
            if (unified) write(child.resolve("cgroup.max.descendants"), DESCENDANTS);
            limit(child, limits);
            return child;
        } catch (IOException e) {
            var _ = isRemoved(child);
            throw e;
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
            // Version 1 charges what TCP holds apart, and only if it is limited.
            Path ofTcp = cgroup.resolve("memory.kmem.tcp.limit_in_bytes");
            writeIf(Files.exists(ofTcp), ofTcp, Long.toString(limits.memory() / TCP_SHARE));
        }
    }

    private static void writeIf(boolean wanted, Path file, String text) throws IOException {
        if (wanted) write(file, text);
    }

    private static void write(Path file, String text) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Removes a cgroup and those below it, which may be a learner's; false while a process is in one of them. */
    static boolean isRemoved(Path cgroup) {
        if (isDeleted(cgroup)) return true;
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
        if (home == null) return;
        try {
            write(home.resolve("cgroup.subtree_control"), "-" + String.join(" -", controllers));
            returnTo(home);
        } catch (IOException e) {
            log.debug("the server stays in its cgroup", e);
        }
    }
}
