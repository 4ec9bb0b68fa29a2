package dev.nslab.sandbox;

import dev.nslab.limits.Limits;
import dev.nslab.sandbox.HelperMessage.Called;
import dev.nslab.sandbox.SandboxException.Problem;
import dev.nslab.sandbox.spec.SandboxFiles;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A learner's own Linux: PID, mount, UTS, IPC, network, cgroup and user namespaces, in which they are root. It guards
 * its own states: it runs, is reset, and ends, on request or because its init was killed from outside.
 */
public final class Sandbox {
    /** The state of a sandbox. */
    public enum State {
        RUNNING,
        RESETTING,
        ENDED
    }

    /** Starts the kernel's part of this sandbox; called again for a reset. */
    interface Starter {
        UnshareHelper start(UnshareHelper.Observer observer) throws SandboxException;
    }

    private final String id;
    private final String hostname;
    private final Limits limits;
    private final Instant created = Instant.now();
    private final Starter starter;
    private final Consumer<Sandbox> whenEnded;
    private final List<SandboxListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong calls = new AtomicLong();

    /** Held during a reset or the end, so that these never overlap. */
    private final ReentrantLock transition = new ReentrantLock();

    private volatile Life life;
    private volatile @Nullable Instant linksDown;

    /** The end of the present life by the watchdog, if it has ended that. */
    private volatile @Nullable Life expulsion;

    /** It has ended for good: no reset gives it back. */
    private volatile boolean over;

    private record Life(
            State state, UnshareHelper helper, @Nullable EndReason endReason) {}

    Sandbox(String id, String hostname, Limits limits, Starter starter, Consumer<Sandbox> whenEnded)
            throws SandboxException {
        this.id = id;
        this.hostname = hostname;
        this.limits = limits;
        this.starter = starter;
        this.whenEnded = whenEnded;
        this.life = new Life(State.RUNNING, starter.start(new Watcher()), null);
    }

    /** Random, hard to guess, kept across resets. */
    public String id() {
        return id;
    }

    public String hostname() {
        return hostname;
    }

    public Limits limits() {
        return limits;
    }

    public Instant created() {
        return created;
    }

    public State state() {
        return life.state;
    }

    /** Why it ended; null while it has not. */
    public @Nullable EndReason endReason() {
        return life.endReason;
    }

    /** PID of its init as the server sees it. */
    public int init() {
        return life.helper.init();
    }

    /** Inodes of its own namespaces, by their names in /proc/PID/ns, as seen from inside. */
    public Map<String, Long> namespaces() {
        return life.helper.namespaces();
    }

    /** Runs a program in a terminal of its own. */
    public Shell open(ShellRequest request) throws SandboxException {
        Map<String, String> environment = new HashMap<>(SandboxFiles.ENVIRONMENT);
        environment.putAll(request.environment());
        return running().spawn(request, environment);
    }

    /**
     * Examines a process from inside.
     *
     * @param pid in the sandbox's first PID namespace
     */
    public InsideLook look(int pid) throws SandboxException {
        return running().look(pid);
    }

    /**
     * Describes a namespace that a process holds open or sees mounted, with the sandbox's own rights.
     *
     * @param pid in the sandbox's first PID namespace
     * @param file path below /proc/PID: "fd/5", or "root/run/netns/blue"
     * @param owners 0 for itself, 1 for the user namespace that owns it, 2 for the owner of that one, and so on
     * @throws SandboxException also if something other than a namespace is there, which is not opened
     */
    public HeldNamespace describe(int pid, String file, int owners) throws SandboxException {
        return running().describe(pid, file, owners);
    }

    /**
     * The namespaces that processes hold open, found with the rights of the sandbox's own init, because to a server
     * without privilege these processes belong to another user. At most as many as a packet holds, about 200, and only
     * the first 256 files of each process.
     *
     * @param pids in the sandbox's first PID namespace; 1,000 at most
     */
    public List<HeldFile> heldFiles(Collection<Integer> pids) throws SandboxException {
        return running().heldFiles(pids);
    }

    /** When the watchdog last took down its links; null if it has not since it began or was reset. */
    public @Nullable Instant linksDown() {
        return linksDown;
    }

    /** What its networks do, and who changes them. */
    public Traffic traffic() throws SandboxException {
        return running().traffic();
    }

    /** Takes down all its links that can be found, and has the learner told. Returns how many. */
    public int quieten() throws SandboxException {
        int links = running().quieten();
        linksDown = Instant.now();
        listeners.forEach(SandboxListener::onLinksDown);
        return links;
    }

    private UnshareHelper running() throws SandboxException {
        Life now = life;
        return switch (now.state) {
            case RUNNING -> now.helper;
            case RESETTING ->
                throw new SandboxException(Problem.BUSY, "the sandbox is being reset; try again when it is done");
            case ENDED -> throw new SandboxException(Problem.ENDED, afterEnd(now.endReason));
        };
    }

    private String afterEnd(@Nullable EndReason why) {
        if (over || why == null) {
            return "the sandbox has ended for good; start a new one";
        }
        return "the sandbox has ended: " + why.words();
    }

    /**
     * Ends everything in it and starts it again under the same id, even if it was ended from outside.
     *
     * @throws SandboxException BUSY when another reset or the end is under way, START_FAILED when it can't start again
     */
    public void reset() throws SandboxException {
        if (!transition.tryLock()) {
            throw new SandboxException(Problem.BUSY, "a reset is already under way");
        }
        try {
            if (over) {
                running();
            }
            become(State.RESETTING, life.helper, null);
            life.helper.end();
            linksDown = null;
            become(State.RUNNING, starter.start(new Watcher()), null);
        } catch (SandboxException e) {
            if (life.state == State.RESETTING) {
                become(State.ENDED, life.helper, EndReason.resetFailed(e));
            }
            throw e;
        } finally {
            transition.unlock();
        }
    }

    /** Ends it because somebody wants so. */
    public void end() {
        end(EndReason.REQUESTED);
    }

    /**
     * Ends everything in it for good and waits until nothing is left. Does nothing if it has already been ended this
     * way.
     */
    public void end(EndReason why) {
        transition.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            become(State.ENDED, life.helper, why);
            life.helper.end();
            whenEnded.accept(this);
        } finally {
            transition.unlock();
        }
    }

    /**
     * Ends everything in it because it harms all others. Does not wait, since the kernel may take seconds. A reset
     * starts it again.
     */
    public void expel(Offence offence) {
        Life now = life;
        expulsion = new Life(State.ENDED, now.helper, EndReason.watchdog(offence));
        now.helper.kill();
    }

    private void become(State state, UnshareHelper helper, @Nullable EndReason why) {
        life = new Life(state, helper, why);
        listeners.forEach(SandboxListener::onStateChange);
    }

    public void listen(SandboxListener listener) {
        listeners.add(listener);
    }

    public void unlisten(SandboxListener listener) {
        listeners.remove(listener);
    }

    private final class Watcher implements UnshareHelper.Observer {
        @Override
        public void called(Called call) {
            Call told = call.toCall(calls.incrementAndGet(), Instant.now());
            listeners.forEach(listener -> listener.onCall(told));
        }

        @Override
        public void lost(long count) {
            listeners.forEach(listener -> listener.onLostCalls(count));
        }

        @Override
        public void exited(int pid, ExitStatus status) {
            listeners.forEach(listener -> listener.onExit(pid, status));
        }

        @Override
        public void ended(UnshareHelper helper) {
            Life now = life;
            if (now.helper == helper && now.state == State.RUNNING) {
                become(State.ENDED, helper, reasonOf(helper));
            }
        }

        private @Nullable EndReason reasonOf(UnshareHelper helper) {
            Life expelled = expulsion;
            if (expelled != null && expelled.helper == helper) {
                return expelled.endReason;
            }
            return helper.isBroken() ? EndReason.INIT_HIJACKED : EndReason.INIT_KILLED;
        }
    }
}
