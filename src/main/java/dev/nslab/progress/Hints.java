package dev.nslab.progress;

import dev.nslab.lesson.Check;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.LocalizedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hints there is reason for. Between a call and what follows it there often is, for some milliseconds, though nobody has
 * made a mistake: a hint shows after there was reason for it for a while.
 */
final class Hints {

    static final Duration PATIENCE = Duration.ofMillis(1200);

    private record Reason(
            Check.Hint hint, Instant since, @Nullable LocalizedText words) {}

    private final Map<String, Reason> reasons = new HashMap<>();

    void evaluate(Collection<Check> open, ExpressionInput facts, Instant now) {
        reasons.keySet()
                .removeIf(id -> open.stream().noneMatch(check -> check.id().equals(id)));
        for (Check check : open) {
            Optional<Check.Hint> hint = check.hints().stream()
                    .filter(one -> one.when().isTrue(facts))
                    .findFirst();
            if (hint.isEmpty()) {
                reasons.remove(check.id());
            } else {
                Reason before = reasons.get(check.id());
                Instant since = before != null && before.hint.equals(hint.get()) ? before.since : now;
                reasons.put(
                        check.id(),
                        new Reason(
                                hint.get(), since, hint.get().text().fill(facts).orElse(null)));
            }
        }
    }

    void clear() {
        reasons.clear();
    }

    @Nullable
    LocalizedText of(Check check, Instant now) {
        Reason reason = reasons.get(check.id());
        return reason == null || !isDue(reason, now) ? null : reason.words;
    }

    /** Those that show, by check. */
    Map<String, Check.Hint> shown(Instant now) {
        return reasons.entrySet().stream()
                .filter(reason -> isDue(reason.getValue(), now))
                .collect(Collectors.toMap(Map.Entry::getKey, reason -> reason.getValue().hint));
    }

    private static boolean isDue(Reason reason, Instant now) {
        return reason.words != null && !now.isBefore(reason.since.plus(PATIENCE));
    }

    Optional<Duration> untilDue(Instant now) {
        return reasons.values().stream()
                .map(reason -> Duration.between(now, reason.since.plus(PATIENCE)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }
}
