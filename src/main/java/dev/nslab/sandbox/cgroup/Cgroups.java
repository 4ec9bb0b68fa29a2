package dev.nslab.sandbox.cgroup;

import dev.nslab.limits.CgroupLimits;
import dev.nslab.limits.Limits;
import dev.nslab.linux.CgroupHierarchy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cgroups of this server's sandboxes: one for each sandbox in every hierarchy that lets the server create them.
 * {@link #missing} says what is not limited because no hierarchy does.
 */
public final class Cgroups implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cgroups.class);

    /** What is to be limited, by the controller names that both versions use. */
    static final Set<String> WANTED = Set.of("cpu", "memory", "pids");

    private static final Duration REMOVAL = Duration.ofSeconds(2);

    private final CgroupLimits ofOne;
    private final List<CgroupParent> parents;
    private final AtomicLong names = new AtomicLong();
    private final Set<Path> existing = ConcurrentHashMap.newKeySet();

    /** Cgroups that could not be removed yet: the kernel may take a while to clean up after their last processes. */
    private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Sweeper sweeper;

    private Cgroups(CgroupLimits ofOne, List<CgroupParent> parents) {
        this.ofOne = ofOne;
        this.parents = parents;
        parents.forEach(parent -> leftovers.addAll(parent.ofDeadServers()));
    }

    /** Sets what removes cgroups that learners have created, where these do not belong to this server. */
    public void sweepBy(Sweeper other) {
        sweeper = other;
    }

    /**
     * Creates a cgroup for all sandboxes wherever that is allowed. Version 2 comes first: a controller that it has is
     * not available to version 1.
     *
     * @param ofAll what all sandboxes together may use, where a cgroup can be created
     * @param self /proc/self, but for tests
     * @param root whether this process may write in cgroups that nobody has delegated to it
     * @param idsForEach whether sandboxes have ids of their own, so that the files of a cgroup belong to another user;
     *     if not, version 1 would let learners lift every limit (version 2 prevents it by nsdelegate)
     */
    public static Cgroups of(Limits limits, CgroupLimits ofAll, Path self, boolean root, boolean idsForEach) {
        List<CgroupParent> parents = new ArrayList<>();
        Set<String> missing = new TreeSet<>(WANTED);
        List<CgroupHierarchy> hierarchies = new ArrayList<>(CgroupHierarchy.all(self));
        if (!idsForEach) {
            hierarchies.removeIf(hierarchy -> !hierarchy.unified());
        }
        hierarchies.sort((one, other) -> Boolean.compare(other.unified(), one.unified()));
        for (CgroupHierarchy hierarchy : hierarchies) {
            Set<String> useful = new TreeSet<>(missing);
            useful.retainAll(hierarchy.controllers());
            if (useful.isEmpty()) {
                continue;
            }
            CgroupParent.open(hierarchy, useful, root, ofAll).ifPresent(parent -> {
                parents.add(parent);
                missing.removeAll(useful);
            });
        }
        if (!missing.isEmpty()) {
            log.warn("no cgroup limits {} of the sandboxes: see /doctor", missing);
        }
        return new Cgroups(CgroupLimits.ofOne(limits, ofAll), parents);
    }

    /** Those of {@link #WANTED} that no cgroup limits. */
    public Set<String> missing() {
        Set<String> missing = new TreeSet<>(WANTED);
        parents.forEach(parent -> missing.removeAll(parent.controllers()));
        return missing;
    }

    /** Whether each sandbox has a cgroup that its root may divide. */
    public boolean areDivisible() {
        return parents.stream().anyMatch(CgroupParent::isUnified);
    }

    /** Where the sandboxes' cgroups are. */
    public List<Path> directories() {
        return parents.stream().map(CgroupParent::directory).toList();
    }

    /** A name that no cgroup has had before. */
    public String newName() {
        return Long.toString(names.incrementAndGet());
    }

    /**
     * Creates the cgroup of one sandbox, with its limits.
     *
     * @param name of the directory
     * @return one in each hierarchy; empty if there are no cgroups
     * @throws IOException if the kernel refuses, for example because there are too many
     */
    public List<SandboxCgroup> make(String name) throws IOException {
        removeLeftovers();
        List<SandboxCgroup> made = new ArrayList<>();
        for (CgroupParent parent : parents) {
            SandboxCgroup cgroup = parent.make(name, ofOne);
            existing.add(cgroup.directory());
            made.add(cgroup);
        }
        return made;
    }

    /** Must be called only when none of its processes is left. */
    public void remove(String name) {
        for (CgroupParent parent : parents) {
            Path cgroup = parent.directory().resolve(name);
            if (existing.remove(cgroup)) {
                leftovers.add(cgroup);
            }
        }
        removeLeftovers();
    }

    private void removeLeftovers() {
        leftovers.removeIf(CgroupParent::isRemoved);
        Sweeper present = sweeper;
        if (present != null && !leftovers.isEmpty()) {
            present.sweep(leftovers);
        }
    }

    /** Removes them all; waits a moment for the processes that are about to end. */
    @Override
    public void close() {
        leftovers.addAll(existing);
        long deadline = System.nanoTime() + REMOVAL.toNanos();
        for (removeLeftovers(); !leftovers.isEmpty() && System.nanoTime() < deadline; removeLeftovers()) {
            LockSupport.parkNanos(REMOVAL.toNanos() / 100);
        }
        parents.forEach(CgroupParent::close);
    }
}
