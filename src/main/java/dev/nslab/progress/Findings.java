package dev.nslab.progress;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.Event;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.RecordValue;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one sandbox since it was started: what checks found in it, and what happened. Not thread-safe.
 */
final class Findings {

    /** The oldest are forgotten: expressions go through all of them. */
    private static final int MOST_EVENTS = 500;

    private final Map<String, List<?>> matches = new HashMap<>();
    private final Set<String> holding = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    /** PIDs of the processes that existed when the step began. */
    private final Set<Integer> old = new HashSet<>();

    private boolean begins = true;
    private @Nullable Snapshot snapshot;
    private @Nullable ExpressionInput facts;

    void seen(Snapshot newest) {
        snapshot = newest;
        Set<Integer> there =
                newest.processes().stream().map(SandboxProcess::pid).collect(Collectors.toSet());
        if (begins) {
            old.addAll(there);
            begins = false;
        }
        // The PID of a process that is gone may be used again.
        old.retainAll(there);
        facts = null;
    }

    void happened(Event event) {
        events.add(event);
        if (events.size() > MOST_EVENTS) {
            events.remove();
        }
        facts = null;
    }

    void became(long call, UnaryOperator<Event> change) {
        List<Event> changed = events.stream()
                .map(event -> event.id() == call ? change.apply(event) : event)
                .toList();
        events.clear();
        events.addAll(changed);
        facts = null;
    }

    /** A step begins with the present state. */
    void begin() {
        events.clear();
        begins = true;
        facts = null;
        if (snapshot != null) {
            seen(snapshot);
        }
    }

    /** The sandbox was reset, and nothing is in it. */
    void forget() {
        matches.clear();
        holding.clear();
        held.clear();
        events.clear();
        old.clear();
        begins = false;
        snapshot = null;
        facts = null;
    }

    /** Null before the first snapshot. */
    @Nullable
    ExpressionInput facts() {
        if (facts == null && snapshot != null) {
            facts = new ExpressionInput(snapshot, events, old);
            matches.forEach(facts::add);
        }
        return facts;
    }

    /** Evaluates a check. A list that has become empty does not erase what was found before. */
    void evaluate(Check check, ExpressionInput now) {
        boolean holds;
        if (check.finds()) {
            List<?> found = check.expression().find(now);
            holds = !found.isEmpty();
            if (holds) {
                matches.put(check.id(), found);
                now.add(check.id(), found);
            }
        } else {
            holds = check.expression().isTrue(now);
            now.add(check.id(), List.of());
        }
        if (holds) {
            holding.add(check.id());
            held.add(check.id());
        } else {
            holding.remove(check.id());
        }
    }

    boolean holds(Check check) {
        return holding.contains(check.id());
    }

    /** Whether the check was met at some time in this sandbox. */
    boolean hasHeld(Check check) {
        return held.contains(check.id());
    }

    boolean hasMatch(Check check) {
        return matches.containsKey(check.id());
    }

    List<Long> pids(String check) {
        return matches.getOrDefault(check, List.of()).stream()
                .flatMap(match -> match instanceof RecordValue process ? process.find("pid").stream() : Stream.of())
                .map(pid -> (Long) pid)
                .toList();
    }
}
