package dev.nslab.authoring;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.RecordValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out whether the answer to a prediction could have been different. Each fact that the answer depends on is
 * changed, one at a time: to a value that is found elsewhere, to what the answer compares it with, or to nothing. If
 * after such a change the check before the question still holds, and the answer is different, then the check leaves the
 * answer open.
 */
final class Otherwise {

    private final Lesson lesson;
    private final Check after;
    private final Expression answer;
    private final ExpressionInput facts;
    private final Set<String> fields;

    /** Values that may replace others, or be added to a list. */
    private final Set<Object> values;

    /** @param facts as they were when the question was answered */
    Otherwise(Lesson lesson, Check after, Expression answer, ExpressionInput facts) {
        this.lesson = lesson;
        this.after = after;
        this.answer = answer;
        this.facts = facts;
        this.fields = answer.anatomy().fields();
        this.values = new HashSet<>(answer.anatomy().literals());
        facts.values().values().forEach(this::collect);
    }

    boolean isPossible() {
        Optional<String> truth = answer.text(facts);
        return worlds().map(this::judged).flatMap(Optional::stream).anyMatch(world -> {
            Optional<String> other = answer.text(world);
            return other.isPresent() && !other.equals(truth);
        });
    }

    /** The world with what the checks find in it; empty if the check does not hold. */
    private Optional<ExpressionInput> judged(ExpressionInput world) {
        for (String named : answer.checks()) {
            Check check = lesson.check(named);
            List<?> found = check.finds() ? check.expression().find(world) : List.of();
            if (!found.isEmpty()) {
                world.add(named, found);
            }
        }
        boolean holds = after.finds()
                ? !after.expression().find(world).isEmpty()
                : after.expression().isTrue(world);
        return holds ? Optional.of(world) : Optional.empty();
    }

    private Stream<ExpressionInput> worlds() {
        return facts.values().entrySet().stream()
                .filter(fact -> fact.getValue() instanceof List<?>)
                .filter(fact -> Expressions.VARIABLES.contains(fact.getKey()))
                .flatMap(fact -> lists((List<?>) fact.getValue(), back(fact.getKey()))
                        .map(list -> facts.with(fact.getKey(), list)));
    }

    /** Processes that checks have found and that are gone may exist again. */
    private List<?> back(String variable) {
        return variable.equals("processes")
                ? answer.checks().stream()
                        .flatMap(check -> facts.values().get(check) instanceof List<?> found ? found.stream() : null)
                        .toList()
                : List.of();
    }

    private Stream<Object> others(Object value) {
        return switch (value) {
            case Boolean yes -> Stream.of(!yes);
            case Long number -> Stream.concat(alike(number), Stream.of(number + 1));
            case String text -> Stream.concat(alike(text), Stream.of(text + "?"));
            case RecordValue record -> records(record).map(other -> other);
            case List<?> list -> lists(list, more(list)).map(other -> other);
            default -> values.stream();
        };
    }

    private Stream<Object> alike(Object value) {
        return values.stream().filter(other -> other.getClass() == value.getClass() && !other.equals(value));
    }

    private List<?> more(List<?> list) {
        return values.stream()
                .filter(value ->
                        list.isEmpty() || value.getClass() == list.getFirst().getClass())
                .toList();
    }

    private Stream<RecordValue> records(RecordValue record) {
        return record.fields().entrySet().stream()
                .filter(field -> fields.contains(field.getKey()))
                .flatMap(field -> others(field.getValue()).map(other -> record.with(field.getKey(), other)));
    }

    /** The list with one element less, with one changed, or with one more. */
    private Stream<List<?>> lists(List<?> list, List<?> more) {
        Stream<List<?>> changed = IntStream.range(0, list.size()).boxed().flatMap(index -> {
            List<Object> less = new ArrayList<>(list);
            less.remove((int) index);
            return Stream.concat(Stream.of(less), others(list.get(index)).map(other -> {
                List<Object> with = new ArrayList<>(list);
                with.set(index, other);
                return with;
            }));
        });
        return Stream.concat(changed, more.stream().map(one -> {
            List<Object> with = new ArrayList<>(list);
            with.add(one);
            return with;
        }));
    }

    private void collect(Object fact) {
        switch (fact) {
            case RecordValue record ->
                record.fields().forEach((field, value) -> {
                    boolean named = fields.contains(field);
                    if (named) {
                        take(value);
                    }
                    if (named || value instanceof RecordValue) {
                        collect(value);
                    }
                });
            case List<?> list -> list.forEach(this::collect);
            default -> {}
        }
    }

    private void take(Object value) {
        switch (value) {
            case List<?> list -> values.addAll(list);
            case Long _, String _ -> values.add(value);
            default -> {}
        }
    }
}
