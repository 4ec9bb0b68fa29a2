package dev.nslab.sandbox;

import dev.nslab.limits.Capacity;
import dev.nslab.limits.CgroupLimits;
import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Credentials;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.sandbox.SandboxException.Problem;
import dev.nslab.sandbox.cgroup.Cgroups;
import dev.nslab.sandbox.cgroup.Sweeper;
import dev.nslab.sandbox.spec.IdMap;
import dev.nslab.sandbox.spec.IdMaps;
import dev.nslab.sandbox.spec.SandboxSpec;
import dev.nslab.sandbox.spec.SharedTree;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** All sandboxes of this server. */
public final class Sandboxes implements AutoCloseable {
    private static final int ID_BYTES = 18;

    private final Limits limits;
    private final SandboxRights rights;
    private final Poller poller;
    private final SealedProgram program;
    private final IdMaps ids;
    private final CgroupLimits together;
    private final Cgroups cgroups;

    /** Not needed before the first sandbox, and made while the server starts. */
    private final CompletableFuture<SharedTree> shared =
            CompletableFuture.supplyAsync(SharedTree::make, Thread::startVirtualThread);

    private final Launchers launchers;
    private final Semaphore room;
    private final Set<Sandbox> running = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();

    public Sandboxes(Limits limits, Poller poller) throws LinuxException {
        this(limits, SandboxRights.ALL, poller);
    }

    public Sandboxes(Limits limits, SandboxRights rights, Poller poller) throws LinuxException {
        this(limits, rights, poller, HelperProgram.load("/native/unshare-helper"));
    }

    public Sandboxes(Limits limits, Poller poller, SealedProgram program) {
        this(limits, SandboxRights.ALL, poller, program);
    }

    public Sandboxes(Limits limits, SandboxRights rights, Poller poller, SealedProgram program) {
        this.limits = limits;
        this.rights = rights;
        this.poller = poller;
        this.program = program;
        Credentials self = Credentials.ofThisProcess();
        ids = IdMaps.of(self, Path.of("/etc"), Path.of("/proc/self"), limits.sandboxes());
        together = CgroupLimits.ofAll(limits, Capacity.of(Path.of("/proc")));
        cgroups = Cgroups.of(limits, together, Path.of("/proc/self"), self.uid() == 0, ids.areForEach());
        ids.foreign().ifPresent(all -> cgroups.sweepBy(new Sweeper(program, poller, all)));
        launchers = new Launchers(program, poller, cgroups);
        room = new Semaphore(limits.sandboxes());
    }

    /**
     * Starts a sandbox and waits until it is ready, which takes some milliseconds.
     *
     * @param hostname of its UTS namespace
     * @throws SandboxException CAPACITY or START_FAILED
     */
    public Sandbox start(String hostname) throws SandboxException {
        if (!room.tryAcquire()) {
            throw new SandboxException(
                    Problem.CAPACITY,
                    "all " + limits.sandboxes() + " sandboxes of this server are in use; try again later");
        }
        IdMap map = ids.take();
        try {
            return start(hostname, map);
        } catch (SandboxException e) {
            release(map);
            throw e;
        }
    }

    private Sandbox start(String hostname, IdMap map) throws SandboxException {
        SandboxSpec spec = SandboxSpec.of(hostname, map, limits, rights, cgroups.missing(), cgroups.areDivisible());
        shared.join().addTo(spec);
        Sandbox sandbox = new Sandbox(newId(), hostname, limits, observer -> launch(spec, observer), ended -> {
            running.remove(ended);
            release(map);
        });
        running.add(sandbox);
        return sandbox;
    }

    private UnshareHelper launch(SandboxSpec spec, UnshareHelper.Observer observer) throws SandboxException {
        try {
            return UnshareHelper.start(launchers.take(), spec, poller, observer);
        } finally {
            launchers.replenish();
        }
    }

    private void release(IdMap map) {
        ids.giveBack(map);
        room.release();
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Those of "cpu", "memory" and "pids" that are not limited for a sandbox as a whole, because no cgroup can be
     * created here.
     */
    public Set<String> unlimited() {
        return cgroups.missing();
    }

    /** What all sandboxes together may use, except for what is {@link #unlimited}. */
    public CgroupLimits together() {
        return together;
    }

    /** Whether learners may limit their own processes by cgroups below those of their sandboxes. */
    public boolean haveDivisibleCgroups() {
        return cgroups.areDivisible();
    }

    /** Directories of the cgroups in which those of the sandboxes are. */
    public List<Path> cgroups() {
        return cgroups.directories();
    }

    /** What learners may do in each. */
    public SandboxRights rights() {
        return rights;
    }

    /** Whether each sandbox has user ids that no other has; else all learners are the same user to the kernel. */
    public boolean hasIdsForEach() {
        return ids.areForEach();
    }

    /** How many there are now. */
    public int running() {
        return running.size();
    }

    /** Those that there are now. */
    public List<Sandbox> all() {
        return List.copyOf(running);
    }

    /** Ends them all and waits until nothing of them is left. */
    @Override
    public void close() {
        // In parallel: each waits for the kernel to end its processes.
        running.parallelStream().forEach(sandbox -> sandbox.end(EndReason.SERVER_STOPPED));
        launchers.close();
        cgroups.close();
        program.close();
        shared.join().close();
    }
}
