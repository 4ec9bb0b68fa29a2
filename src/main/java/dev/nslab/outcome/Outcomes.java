package dev.nslab.outcome;

import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what calls achieved, by comparing the snapshots before and after them. No call is credited with a change
 * that another one may have made, and where there is doubt, nothing is said.
 */
public final class Outcomes {

    /** A call may be reported up to this many snapshots after it was made. */
    private static final int MOST_SIGHTS = 32;

    private static final int MOST_HEARD = 1_000;

    private static final int MOST_PENDING = 200;

    /** An effect that has not shown within this time will never show. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A call that waits in the kernel, as pivot_root does on a busy machine, is waited for longer. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

    private record Heard(Call call, Supplier<@Nullable Integer> target) {}

    private final Queue<Heard> heard = new ArrayBlockingQueue<>(MOST_HEARD);
    private volatile boolean forgotten;
    private final Deque<Sight> sights = new ArrayDeque<>();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final List<Pending> pending = new ArrayList<>();

    /** When the snapshot began that showed the outcome of a call, by the call's id. */
    private final Map<Long, Instant> settled = new HashMap<>();

    private final MountOutcomes mounts = new MountOutcomes();

    /**
     * Notes a call that is being made. Does not block.
     *
     * @param target the target of kill, by its PID in the sandbox's first PID namespace, or null if it is not known;
     *     asked for later, in the thread that calls {@link #seen}
     */
    public void called(Call call, Supplier<@Nullable Integer> target) {
        if (!heard.offer(new Heard(call, target))) {
            forget();
        }
    }

    /**
     * Forgets all calls, because some were not reported or the sandbox was reset. What is seen after that may have any
     * cause. Does not block.
     */
    public void forget() {
        forgotten = true;
    }

    /** Takes the calls that were made by then. For a later one, the snapshot that is being taken is one before it. */
    private void listen(Instant ended) {
        if (forgotten) {
            forgotten = false;
            heard.clear();
            calls.clear();
            settled.clear();
            sights.clear();
            pending.clear();
        }
        for (Heard one = heard.peek(); one != null && !one.call.at().isAfter(ended); one = heard.peek()) {
            heard.remove();
            calls.add(one.call);
            Sight before = sightBefore(one.call.at());
            if (before != null && pending.size() < MOST_PENDING) {
                pending.add(new Pending(one.call, one.target.get(), before));
            }
        }
    }

    private @Nullable Sight sightBefore(Instant at) {
        Sight before = null;
        for (Sight sight : sights) {
            before = sight.ended().isBefore(at) ? sight : before;
        }
        return before;
    }

    /** Whether the next snapshot may show the outcome of some call. */
    public boolean areAwaited() {
        return !heard.isEmpty() || !pending.isEmpty();
    }

    /**
     * Compares a snapshot with those before it. Only one thread may call this, and only when all calls that were made
     * before the end of the snapshot have been noted.
     *
     * @param complete whether host names were asked for, too
     * @return the outcomes that it shows
     */
    public List<Outcome> seen(Snapshot snapshot, Instant began, Instant ended, boolean complete) {
        listen(ended);
        Sight now = new Sight(snapshot, began, ended, complete);
        List<Outcome> found = new ArrayList<>();
        if (!pending.isEmpty()) {
            Window window = Window.of(calls, pending, settled, now);
            found.addAll(mounts.of(window));
            found.addAll(NamespaceOutcomes.of(window));
            found.addAll(KillOutcomes.of(window));
        }
        found.forEach(outcome -> settled.put(outcome.event(), began));
        pending.removeIf(one -> one.call()
                        .at()
                        .plus(one.waitsInKernel(now) ? MOST_PATIENCE : PATIENCE)
                        .isBefore(began)
                || one.isOver(now)
                || settled.containsKey(one.call().id()));
        remember(now);
        return found;
    }

    private void remember(Sight now) {
        sights.add(now);
        if (sights.size() > MOST_SIGHTS) {
            sights.remove();
        }
        Instant oldest = pending.stream()
                .map(one -> one.before().began())
                .min(Instant::compareTo)
                .orElse(sights.getFirst().began());
        Instant first = oldest.isBefore(sights.getFirst().began())
                ? oldest
                : sights.getFirst().began();
        calls.removeIf(call -> call.at().plus(Window.LONGEST_CALL).isBefore(first));
        settled.keySet().retainAll(calls.stream().map(Call::id).collect(Collectors.toSet()));
    }
}
