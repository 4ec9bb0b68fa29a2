package dev.nslab.observation;

import dev.nslab.namespace.Death;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcome;
import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.ExitStatus;
import dev.nslab.sandbox.SandboxListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All leases on the snapshots of one lab. Nothing is observed while there is none. */
public final class SnapshotLeases implements SandboxListener, LeaseHolder {

    private final String sandbox;
    private final SnapshotLoop.Source source;
    private final List<SnapshotLease> open = new ArrayList<>(1);
    private @Nullable SnapshotLoop loop;

    public SnapshotLeases(String sandbox, SnapshotLoop.Source source) {
        this.sandbox = sandbox;
        this.source = source;
    }

    /**
     * From now on snapshots are taken, until the lease is closed.
     *
     * @param holder is told at once what the last snapshot showed
     */
    public synchronized SnapshotLease take(LeaseHolder holder) {
        SnapshotLease lease = new SnapshotLease(this, holder);
        open.add(lease);
        SnapshotLoop current = loop;
        if (current == null) {
            loop = new SnapshotLoop(sandbox, source, this);
        } else {
            current.show(holder);
        }
        return lease;
    }

    synchronized void close(SnapshotLease lease) {
        if (open.remove(lease) && open.isEmpty() && loop != null) {
            loop.close();
            loop = null;
        }
    }

    void look(Duration longest) throws InterruptedException {
        SnapshotLoop current = loop();
        if (current != null) {
            current.look(longest);
        }
    }

    /** Something was printed or has changed, possibly because of something that a snapshot would show. */
    public void stirred() {
        ifObserved(SnapshotLoop::stirred);
    }

    @Override
    public void onCall(Call call) {
        ifObserved(current -> {
            called(call, current.latest());
            current.called(call);
        });
    }

    @Override
    public void onLostCalls(long count) {
        lost(count);
        ifObserved(SnapshotLoop::called);
    }

    @Override
    public void onExit(int pid, ExitStatus status) {
        ifObserved(current -> current.exited(pid, status));
    }

    @Override
    public void onStateChange() {
        ifObserved(SnapshotLoop::restarted);
    }

    @Override
    public void called(Call call, @Nullable Snapshot seen) {
        tell(holder -> holder.called(call, seen));
    }

    @Override
    public void lost(long count) {
        tell(holder -> holder.lost(count));
    }

    @Override
    public void died(Death death) {
        tell(holder -> holder.died(death));
    }

    @Override
    public void became(Outcome outcome) {
        tell(holder -> holder.became(outcome));
    }

    @Override
    public void seen(Snapshot snapshot) {
        tell(holder -> holder.seen(snapshot));
    }

    @Override
    public void looked(Snapshot snapshot) {
        tell(holder -> holder.looked(snapshot));
    }

    private void ifObserved(Consumer<SnapshotLoop> what) {
        SnapshotLoop current = loop();
        if (current != null) {
            what.accept(current);
        }
    }

    private synchronized @Nullable SnapshotLoop loop() {
        return loop;
    }

    private void tell(Consumer<LeaseHolder> what) {
        copy().forEach(lease -> what.accept(lease.holder()));
    }

    private synchronized List<SnapshotLease> copy() {
        return List.copyOf(open);
    }
}
