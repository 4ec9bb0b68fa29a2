package dev.nslab.lab;

import dev.nslab.account.Learner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Something of which each learner may have so many at a time. */
final class Shares {

    private final int most;
    private final Map<Learner, Integer> taken = new ConcurrentHashMap<>();

    Shares(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Takes one if the learner may have another. */
    boolean take(Learner learner) {
        boolean mayHave = taken.merge(learner, 1, Integer::sum) <= most;
        if (!mayHave) {
            giveBack(learner);
        }
        return mayHave;
    }

    void giveBack(Learner learner) {
        taken.computeIfPresent(learner, (who, count) -> count == 1 ? null : count - 1);
    }
}
