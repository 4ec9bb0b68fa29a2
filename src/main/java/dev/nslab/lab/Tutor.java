package dev.nslab.lab;

import dev.nslab.account.RateLimits;
import dev.nslab.lesson.Event;
import dev.nslab.lesson.LocalizedText;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.SignalTarget;
import dev.nslab.namespace.Snapshot;
import dev.nslab.observation.LeaseHolder;
import dev.nslab.observation.SnapshotLease;
import dev.nslab.outcome.Outcome;
import dev.nslab.progress.Attempt;
import dev.nslab.progress.ProgressView;
import dev.nslab.sandbox.Call;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an attempt at a lesson what happens in the sandbox, in the order in which it happens, and finds out how far the
 * learner has come. This is done in a thread of its own, so that neither the sandbox nor the panel waits for a lesson.
 */
public final class Tutor implements LeaseHolder, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tutor.class);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST_JUDGEMENT = Duration.ofSeconds(2);
    private static final long STARTING = Duration.ofSeconds(1).toNanos();
    private static final int MOST_INPUTS = 1_000;
    private static final int CALLS_PER_SECOND = 200;

    private final Attempt attempt;
    private final Runnable progressed;
    private final SnapshotLease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Runnable> inputs = new ArrayDeque<>();
    private final Bucket calls = RateLimits.of(CALLS_PER_SECOND, Duration.ofSeconds(1));
    private final Predicate<Snapshot> litter;
    private final long began = System.nanoTime();
    private volatile boolean littered = true;
    private boolean judging;
    private boolean closed;
    private volatile Play play = new Play(null, null);
    // Written by the tutor's thread alone.
    private volatile long revision = -1;
    private boolean eventful;
    private volatile @Nullable ProgressView latest;

    private record Play(@Nullable String step, @Nullable LocalizedText problem) {}

    /**
     * @param litter whether a snapshot shows something that was not in the sandbox when it began
     * @param progressed called when {@link #latest} has changed; must not block
     * @param lab gives the lease on its snapshots, which is held until this is closed
     */
    Tutor(
            String sandbox,
            Attempt attempt,
            Predicate<Snapshot> litter,
            Runnable progressed,
            Function<LeaseHolder, SnapshotLease> lab) {
        this.attempt = attempt;
        this.litter = litter;
        this.progressed = progressed;
        this.lease = lab.apply(this);
        Thread.ofVirtual().name("nslab-tutor-" + sandbox).start(this::run);
    }

    public Attempt attempt() {
        return attempt;
    }

    /** The progress as it was judged last. */
    ProgressView latest() {
        ProgressView judged = latest;
        return judged == null ? view() : judged;
    }

    /** The progress at this moment, of which the last changes may not have been judged yet. */
    public ProgressView view() {
        Play now = play;
        return attempt.view().with(now.step, now.problem, isLittered());
    }

    /**
     * Whether something from before the lesson is still in the sandbox. The programs that a starting shell runs do not
     * count.
     */
    private boolean isLittered() {
        return littered && System.nanoTime() - began > STARTING && attempt.isBeginning() && revision >= 0;
    }

    /** The learner did something in the lesson itself. */
    public void changed() {
        note(() -> {});
    }

    /** From now on solutions are being played. Returns false if they already are. */
    boolean beginPlaying(String step) {
        lock.lock();
        try {
            if (play.step != null) {
                return false;
            }
            play = new Play(step, null);
        } finally {
            lock.unlock();
        }
        changed();
        return true;
    }

    /** @param why the step was not reached; null if it was */
    void endPlaying(@Nullable LocalizedText why) {
        play = new Play(null, why);
        changed();
    }

    @Override
    public void called(Call call, @Nullable Snapshot seen) {
        if (calls.tryConsume(1)) {
            note(() -> happened(eventOf(call, seen)));
        }
    }

    private static Event eventOf(Call call, @Nullable Snapshot seen) {
        return Event.call(
                call.id(),
                call.at(),
                call.pid(),
                call.tid(),
                call.command(),
                call.syscall(),
                call.flags(),
                SignalTarget.target(call, seen),
                call.kill() == null ? null : call.kill().target(),
                call.signal(),
                call.namespace() == 0 ? null : call.namespace());
    }

    @Override
    public void became(Outcome outcome) {
        note(() -> {
            attempt.became(outcome.event(), outcome.outcome(), outcome.point(), outcome.fileSystem(), outcome.source());
            eventful = true;
        });
    }

    @Override
    public void died(Death death) {
        note(() -> happened(Event.exit(death)));
    }

    private void happened(Event event) {
        attempt.happened(event);
        eventful = true;
    }

    /** Events are judged together with the first snapshot after them, which shows their effect. */
    @Override
    public void looked(Snapshot snapshot) {
        note(() -> {
            littered = littered && litter.test(snapshot);
            if (snapshot.revision() != revision) {
                revision = snapshot.revision();
                attempt.seen(snapshot);
            } else if (eventful) {
                attempt.evaluate();
            }
            eventful = false;
        });
    }

    void restarted() {
        note(() -> {
            revision = -1;
            littered = false;
            attempt.restarted();
        });
    }

    /** Takes a snapshot now. Returns when it has been judged, or when this takes too long. */
    void look() throws InterruptedException {
        lease.look(LONGEST_LOOK);
        var _ = await(() -> true, LONGEST_JUDGEMENT);
    }

    /**
     * Waits until everything that was told has been judged and the condition is true. Returns false if this takes too
     * long.
     */
    public boolean await(BooleanSupplier reached, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (judging || !inputs.isEmpty() || !reached.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0 || closed) {
                    return false;
                }
                var _ = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        lease.close();
    }

    private void note(Runnable input) {
        lock.lock();
        try {
            inputs.add(input);
            if (inputs.size() > MOST_INPUTS) {
                inputs.remove();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<Runnable> news = take(); news != null; news = take()) {
                judge(news);
            }
        } catch (InterruptedException e) {
            log.debug("nobody interrupts this thread", e);
        }
    }

    /** Waits for inputs. The list is empty if a hint is due, and null if nothing will follow. */
    private @Nullable List<Runnable> take() throws InterruptedException {
        long due = attempt.untilHint().orElse(Duration.ofDays(1)).toNanos();
        lock.lock();
        try {
            judging = false;
            changed.signalAll();
            while (inputs.isEmpty() && !closed && due > 0) {
                due = changed.awaitNanos(due);
            }
            judging = true;
            List<Runnable> news = List.copyOf(inputs);
            inputs.clear();
            return closed ? null : news;
        } finally {
            lock.unlock();
        }
    }

    private void judge(List<Runnable> news) {
        try {
            if (news.isEmpty()) {
                attempt.evaluate();
            }
            news.forEach(Runnable::run);
            ProgressView view = view();
            if (!view.equals(latest)) {
                latest = view;
                progressed.run();
            }
        } catch (RuntimeException e) {
            log.error("a lesson could not be judged", e);
        }
    }
}
