package dev.nslab.outcome;

import dev.nslab.sandbox.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is known when a snapshot is complete.
 *
 * @param calls all recent calls, in order
 * @param pending the calls whose outcome is not known
 * @param settled when the snapshot began that showed the outcome of a call, by the call's id
 */
record Window(List<Call> calls, List<Pending> pending, Map<Long, Instant> settled, Sight now) {
    /** A call that was begun this shortly before a snapshot may have taken effect after it. */
    static final Duration LONGEST_CALL = Duration.ofMillis(100);

    static Window of(Collection<Call> calls, Collection<Pending> pending, Map<Long, Instant> settled, Sight now) {
        return new Window(
                calls.stream().filter(call -> isBefore(call, now)).toList(),
                pending.stream().filter(one -> isBefore(one.call(), now)).toList(),
                settled,
                now);
    }

    private static boolean isBefore(Call call, Sight now) {
        return !call.at().isAfter(now.ended());
    }

    List<Pending> pending(Predicate<Pending> wanted) {
        return pending.stream().filter(wanted).toList();
    }

    /**
     * Whether another call that matches may also have acted between the snapshot before the pending one and the present
     * snapshot.
     */
    boolean hasBeside(Pending one, Predicate<Call> other) {
        return calls.stream()
                .filter(call -> call.id() != one.call().id())
                .filter(call -> mayActAfter(call, one.before()))
                .anyMatch(other);
    }

    private boolean mayActAfter(Call call, Sight look) {
        Instant known = settled.get(call.id());
        boolean isOver = known != null && !known.isAfter(look.began());
        return !isOver && !call.at().plus(LONGEST_CALL).isBefore(look.began());
    }
}
