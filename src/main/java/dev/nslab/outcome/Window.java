package dev.nslab.outcome;

import dev.nslab.sandbox.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is known when a look is over.
 *
 * @param calls all of late, in their order
 * @param pending those whose outcome is not known
 * @param settled when the look began that showed what became of a call, by its id
 */
record Window(List<Call> calls, List<Pending> pending, Map<Long, Instant> settled, Sight now) {
    /** A call that began shortly before a look may have done its work after it. */
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

    /** True if such a call, too, may have come between what was seen before that one and what is seen now. */
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
