package dev.nslab.namespace;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was asked once need not be asked again, as long as each refresh has a use for the answer. */
final class Answers<K, V> {

    private Map<K, V> known = new HashMap<>();
    private Map<K, V> used = new HashMap<>();

    /** The known answer, else what the question brings; null, and not kept, if that is nothing. */
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

    /** At the end of a refresh: drops what it had no use for. */
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
