package dev.nslab.lesson;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guided experiments. Holds no state of any learner. */
public final class Lesson {

    private final String id;
    private final int order;
    private final @Nullable Integer minutes;
    private final List<Requirement> requires;
    private final List<Step> steps;
    private final Map<String, Check> checks;
    private final Map<Language, LessonText> texts;

    public Lesson(
            String id,
            int order,
            @Nullable Integer minutes,
            List<Requirement> requires,
            List<Step> steps,
            SequencedMap<String, Check> checks,
            Map<Language, LessonText> texts) {
        this.id = id;
        this.order = order;
        this.minutes = minutes;
        this.requires = List.copyOf(requires);
        this.steps = List.copyOf(steps);
        this.checks = checks;
        this.texts = Map.copyOf(texts);
    }

    public String id() {
        return id;
    }

    public int order() {
        return order;
    }

    @Nullable
    public Integer minutes() {
        return minutes;
    }

    /**
     * Which of the things that are missing in a lab this lesson requires. Without them it cannot be followed to its
     * end.
     */
    public List<String> lacking(Collection<Requirement> missing) {
        return requires.stream()
                .filter(missing::contains)
                .map(Requirement::setting)
                .toList();
    }

    public List<Step> steps() {
        return steps;
    }

    public Optional<Step> step(String step) {
        return steps.stream().filter(candidate -> candidate.id().equals(step)).findFirst();
    }

    /** The first step that has not passed; empty when all have. */
    public Optional<Step> current(Set<String> passed) {
        return steps.stream().filter(step -> !passed.contains(step.id())).findFirst();
    }

    /** Ids of the steps, in their order. */
    public List<String> stepIds() {
        return steps.stream().map(Step::id).toList();
    }

    /** How the step's checks are met, in the order in which it shows them. */
    public List<Solution> solutions(String step) {
        return step(step).orElseThrow(() -> LessonException.unknown("step", step)).checks().stream()
                .map(this::check)
                .map(check -> new Solution(check.id(), check.solve()))
                .toList();
    }

    /** What else is right or wrong in place of the solutions, in the order of the checks. */
    public List<Move> moves() {
        return steps.stream()
                .flatMap(step -> step.checks().stream())
                .flatMap(check -> check(check).moves().stream())
                .toList();
    }

    /** The check with whose solution this one is met: its own, or where that is empty one before it in its step. */
    public String solvedWith(String check) {
        String with = check;
        Step its = steps.stream()
                .filter(step -> step.checks().contains(check))
                .findFirst()
                .orElseThrow();
        for (String other : its.checks()) {
            with = check(other).solve().isEmpty() ? with : other;
            if (other.equals(check)) {
                break;
            }
        }
        return with;
    }

    public Check check(String check) {
        return Objects.requireNonNull(checks.get(check));
    }

    public LessonText in(Language language) {
        return Objects.requireNonNull(texts.get(language));
    }
}
