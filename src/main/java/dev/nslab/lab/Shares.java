package dev.nslab.lab;

import dev.nslab.account.Caller;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Something of which each learner may have a limited number at a time. */
final class Shares {

    private final int most;
    private final Map<Caller, Integer> taken = new ConcurrentHashMap<>();

    Shares(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Takes one if the learner may have another. */
    boolean take(Caller caller) {
        boolean mayHave = taken.merge(caller, 1, Integer::sum) <= most;
        if (!mayHave) {
            giveBack(caller);
        }
        return mayHave;
    }

    void giveBack(Caller caller) {
        taken.computeIfPresent(caller, (who, count) -> count == 1 ? null : count - 1);
    }
}
