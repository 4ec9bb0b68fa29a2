package dev.nslab.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers, so that a question is asked only once. An answer is forgotten as soon as a snapshot did not need
 * it.
 */
final class AnswerCache<K, V> {

    private Map<K, V> known = new HashMap<>();
    private Map<K, V> used = new HashMap<>();

    /** The remembered answer, or else the result of asking. A null result is returned, but not remembered. */
    @Nullable
    V get(K key, Supplier<? extends @Nullable V> question) {
        V answer = used.getOrDefault(key, known.get(key));
        if (answer == null) {
            answer = question.get();
        }
        if (answer != null) {
            used.put(key, answer);
        }
        return answer;
    }

    /** Forgets the answers that were not used since the last call. To be called at the end of each snapshot. */
    void sweep() {
        known = used;
        used = new HashMap<>();
    }

    void forgetIf(Predicate<K> doubtful) {
        known.keySet().removeIf(doubtful);
        used.keySet().removeIf(doubtful);
    }

    void forget() {
        known.clear();
        used.clear();
    }
}
