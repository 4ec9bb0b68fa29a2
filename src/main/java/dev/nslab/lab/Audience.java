package dev.nslab.lab;

import dev.nslab.lesson.ProgressView;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcome;
import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.ExitStatus;
import dev.nslab.sandbox.SandboxListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All who watch one lab, and who judges what is done there. Nothing is observed while there is nobody. */
final class Audience implements SandboxListener, Observation.Observer {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final String sandbox;
    private final Observation.Source snapshots;
    private final List<Viewer> viewers = new ArrayList<>(1);
    private @Nullable Observation observation;
    private @Nullable Tutor tutor;

    Audience(String sandbox, Observation.Source snapshots) {
        this.sandbox = sandbox;
        this.snapshots = snapshots;
    }

    synchronized Viewer join(Supplier<SandboxMessage.State> state) {
        Viewer viewer = new Viewer(state);
        viewers.add(viewer);
        if (tutor != null) {
            viewer.progressed(tutor.view());
        }
        boolean first = observation == null;
        Observation current = observe();
        if (!first) {
            current.show(viewer);
        }
        return viewer;
    }

    private Observation observe() {
        Observation current = observation;
        if (current == null) {
            current = new Observation(sandbox, snapshots, this);
            observation = current;
        }
        return current;
    }

    /** Somebody who judges what is seen, watched or not; whoever did so before does no more. */
    synchronized void attend(@Nullable Tutor judge) {
        tutor = judge;
        if (judge == null) {
            rest();
            return;
        }
        Snapshot latest = observe().latest();
        if (latest != null) {
            judge.looked(latest);
        }
    }

    /** Looks now, if there is anybody to tell; returns when they have been told, or after a while. */
    void look() throws InterruptedException {
        Observation current = observation();
        if (current != null) {
            current.look(LONGEST_LOOK);
        }
    }

    /** How far the learner has come has changed. */
    void progressed(ProgressView progress) {
        tell(viewer -> viewer.progressed(progress));
    }

    synchronized void leave(Viewer viewer) {
        if (viewers.remove(viewer)) {
            rest();
        }
    }

    private void rest() {
        if (viewers.isEmpty() && tutor == null && observation != null) {
            observation.close();
            observation = null;
        }
    }

    synchronized boolean isEmpty() {
        return viewers.isEmpty();
    }

    /** The lab itself is another than before: its state or its terminals. */
    void changed() {
        tell(Viewer::stateChanged);
        stirred();
    }

    /** Something was printed, or a process has ended. */
    void stirred() {
        Observation current = observation();
        if (current != null) {
            current.stirred();
        }
    }

    /** The lab is no more: viewers get its last state, and then nothing. */
    void dismiss() {
        tell(Viewer::stateChanged);
        tell(Viewer::close);
    }

    @Override
    public void onCall(Call call) {
        Observation current = observation();
        if (current != null) {
            tell(viewer -> viewer.called(call, current.latest()));
            tutor().ifPresent(judge -> judge.called(call, current.latest()));
            current.called(call);
        }
    }

    @Override
    public void onLostCalls(long count) {
        tell(viewer -> viewer.lost(count));
        Observation current = observation();
        if (current != null) {
            current.called();
        }
    }

    @Override
    public void onExit(int pid, ExitStatus status) {
        Observation current = observation();
        if (current != null) {
            current.exited(pid, status);
        }
    }

    @Override
    public void onLinksDown() {
        changed();
    }

    @Override
    public void onStateChange() {
        tell(Viewer::stateChanged);
        Observation current = observation();
        if (current != null) {
            current.restarted();
        }
    }

    @Override
    public void died(Death death) {
        tell(viewer -> viewer.died(death));
        tutor().ifPresent(judge -> judge.died(death));
    }

    @Override
    public void became(Outcome outcome) {
        tell(viewer -> viewer.became(outcome));
        tutor().ifPresent(judge -> judge.became(outcome));
    }

    @Override
    public void seen(Snapshot snapshot) {
        tell(viewer -> viewer.seen(snapshot));
    }

    @Override
    public void looked(Snapshot snapshot) {
        tutor().ifPresent(judge -> judge.looked(snapshot));
    }

    private synchronized Optional<Tutor> tutor() {
        return Optional.ofNullable(tutor);
    }

    private synchronized @Nullable Observation observation() {
        return observation;
    }

    private void tell(Consumer<Viewer> what) {
        copy().forEach(what);
    }

    private synchronized List<Viewer> copy() {
        return List.copyOf(viewers);
    }
}
