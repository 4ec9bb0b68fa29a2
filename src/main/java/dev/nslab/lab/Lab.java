package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.account.Learner;
import dev.nslab.lab.wire.EndReasonView;
import dev.nslab.lab.wire.LabView;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.lab.wire.TerminalRequest;
import dev.nslab.linux.Poller;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Snapshot;
import dev.nslab.observation.LeaseHolder;
import dev.nslab.observation.SnapshotLease;
import dev.nslab.observation.SnapshotLeases;
import dev.nslab.observation.SnapshotLoop;
import dev.nslab.progress.Attempt;
import dev.nslab.progress.ProgressView;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxListener;
import dev.nslab.sandbox.ShellRequest;
import dev.nslab.scan.DeathWatch;
import dev.nslab.scan.InsideView;
import dev.nslab.scan.SandboxRoot;
import dev.nslab.scan.SnapshotSource;
import dev.nslab.terminal.TerminalSession;
import dev.nslab.terminal.Terminals;
import dev.nslab.web.WireCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A learner's running lab: a sandbox, its terminals, the lesson that is followed in it, and those who watch it. */
public final class Lab implements SnapshotLoop.Source {

    private static final Logger log = LoggerFactory.getLogger(Lab.class);

    private final Learner owner;
    private volatile Rights rights;
    private final Sandbox sandbox;
    private final Poller poller;
    private final SnapshotSource snapshots;
    private final SnapshotLeases leases;
    private final LabFeed feed = new LabFeed();
    private final LabTerminals terminals;
    private final Litter litter = new Litter();
    private final Lifetime lifetime;
    private volatile long lastUse = System.nanoTime();
    private volatile @Nullable Tutor tutor;
    private boolean warned;

    /** @param poller waits for events in the sandbox that its init does not report */
    public Lab(Learner owner, Sandbox sandbox, Terminals terminals, Poller poller, Lifetime lifetime) {
        this.owner = owner;
        this.rights = Rights.of(owner);
        this.sandbox = sandbox;
        this.poller = poller;
        this.lifetime = lifetime;
        this.snapshots = new SnapshotSource(new ProcFs(Path.of("/proc")), sandbox.id(), InsideView.of(sandbox));
        this.leases = new SnapshotLeases(sandbox.id(), this);
        this.terminals = new LabTerminals(sandbox, terminals, leases::stirred, this::changed);
        sandbox.listen(this.terminals);
        sandbox.listen(leases);
        sandbox.listen(new SandboxListener() {
            @Override
            public void onLinksDown() {
                changed();
            }

            @Override
            public void onStateChange() {
                feed.changed();
                litter.forget();
                tutor().ifPresent(Tutor::restarted);
            }
        });
    }

    public String id() {
        return sandbox.id();
    }

    public String hostname() {
        return sandbox.hostname();
    }

    public Learner owner() {
        return owner;
    }

    Rights rights() {
        return rights;
    }

    /** From now on that caller may do exactly this in the lab. */
    synchronized void grant(Caller caller, Set<Right> granted) {
        rights = rights.with(caller, granted);
    }

    public TerminalSession open(ShellRequest request) throws SandboxException, IOException {
        return terminals.open(request);
    }

    Optional<TerminalSession> find(String terminal) {
        return terminals.find(terminal);
    }

    public void close(TerminalSession terminal) {
        terminals.close(terminal);
    }

    /** From now on what happens in the sandbox is judged as this attempt at a lesson; if null, it is not judged. */
    public synchronized void follow(@Nullable Attempt attempt) {
        Tutor before = tutor;
        tutor = attempt == null ? null : new Tutor(id(), attempt, this::isLittered, feed::progressed, this::observe);
        // The old tutor is closed last, so that there is a lease all the time and the observation goes on.
        if (before != null) {
            before.close();
        }
        feed.progressed();
    }

    /** Takes snapshots until the lease is closed, and tells the observer what happens in the sandbox. */
    public SnapshotLease observe(LeaseHolder observer) {
        return leases.take(observer);
    }

    public boolean follows(Attempt attempt) {
        return tutor().filter(judge -> judge.attempt().isSameAs(attempt)).isPresent();
    }

    private boolean isLittered(Snapshot snapshot) {
        return litter.isIn(snapshot, terminals.namesByShell().keySet());
    }

    public Optional<Tutor> tutor() {
        return Optional.ofNullable(tutor);
    }

    public ProgressView progress() {
        return tutor().map(Tutor::view).orElse(ProgressView.NONE);
    }

    /**
     * If a lesson is followed, takes a snapshot now. Returns when the snapshot has been judged, or when this takes too
     * long.
     */
    public void look() throws InterruptedException {
        Tutor judge = tutor;
        if (judge != null) {
            judge.look();
        }
    }

    /** The terminal with that number, from 1, which is opened if it is not there yet. */
    TerminalSession terminal(int number) throws SandboxException, IOException {
        Optional<TerminalSession> there = terminals.named(number);
        while (there.isEmpty()) {
            var _ = open(TerminalRequest.DEFAULT.toShellRequest());
            there = terminals.named(number);
        }
        return there.get();
    }

    /** Makes everything as it was in the beginning, under the same id. All terminals are closed. */
    public void reset() throws SandboxException {
        sandbox.reset();
    }

    /** Ends the lab for good. Its viewers are told why. */
    public void end(EndReason why) {
        sandbox.end(why);
        follow(null);
        terminals.closeAll();
        feed.dismiss();
    }

    public Snapshot snapshot() {
        return take(true);
    }

    @Override
    public Snapshot take(boolean again) {
        Snapshot snapshot = snapshots.take(SandboxRoot.of(sandbox), terminals.namesByShell(), again);
        litter.seen(snapshot);
        return snapshot;
    }

    /** The init sends answers and reports in order: when it has answered this, all earlier calls were reported. */
    @Override
    public void hearOut() {
        try {
            var _ = sandbox.heldFiles(List.of());
        } catch (SandboxException gone) {
            log.debug("{} tells nothing more", id(), gone);
        }
    }

    @Override
    public DeathWatch watchDeaths(Runnable whenOneEnds) {
        return snapshots.watchDeaths(poller, whenOneEnds);
    }

    public LabView view() {
        return new LabView(
                id(),
                hostname(),
                state(),
                reason(),
                endReason(),
                sandbox.created(),
                lifetime.end(),
                sandbox.limits(),
                terminals.views());
    }

    public FeedSubscription join() {
        FeedSubscription viewer = new FeedSubscription(
                () -> new SandboxMessage.State(
                        state(), reason(), endReason(), terminals.views(), secondsLeft(), sandbox.linksDown()),
                () -> tutor().map(Tutor::latest).orElse(ProgressView.NONE));
        feed.join(viewer, leases);
        if (tutor != null) {
            viewer.progressed();
        }
        return viewer;
    }

    public void leave(FeedSubscription viewer) {
        feed.leave(viewer);
        used();
    }

    void used() {
        lastUse = System.nanoTime();
    }

    /** Whether for this long nobody has watched the lab, typed in it or asked for it. */
    public boolean isIdleFor(Duration time) {
        if (!feed.isEmpty() || terminals.isWatched()) {
            used();
        }
        long since = System.nanoTime() - time.toNanos();
        return lastUse - since < 0 && !terminals.isTypedInSince(since);
    }

    boolean hasLivedLongEnough() {
        return lifetime.isOver();
    }

    /** Starts the full lifetime again, from now. */
    public void extend() {
        lifetime.extend();
        warnIfDue();
    }

    /** Tells the viewers once when the end has come near, and once when it is far again. */
    synchronized void warnIfDue() {
        boolean due = secondsLeft() != null;
        if (due != warned) {
            warned = due;
            changed();
        }
    }

    /** The state of the lab or the list of its terminals has changed. */
    private void changed() {
        feed.changed();
        leases.stirred();
    }

    private @Nullable Long secondsLeft() {
        return lifetime.secondsLeft();
    }

    private String state() {
        return WireCode.of(sandbox.state());
    }

    private @Nullable String reason() {
        EndReason why = sandbox.endReason();
        return why == null ? null : why.words();
    }

    private @Nullable EndReasonView endReason() {
        EndReason why = sandbox.endReason();
        return why == null ? null : EndReasonView.of(why);
    }
}
