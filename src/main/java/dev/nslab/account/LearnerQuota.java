package dev.nslab.account;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Something of which each learner may have a limited number at a time. */
public final class LearnerQuota {

    private final int most;
    private final Map<Caller, Integer> taken = new ConcurrentHashMap<>();

    public LearnerQuota(int most) {
        this.most = most;
    }

    public int most() {
        return most;
    }

    /** Takes one if the learner may have another. */
    public boolean take(Caller caller) {
        boolean mayHave = taken.merge(caller, 1, Integer::sum) <= most;
        if (!mayHave) {
            giveBack(caller);
        }
        return mayHave;
    }

    public void giveBack(Caller caller) {
        taken.computeIfPresent(caller, (who, count) -> count == 1 ? null : count - 1);
    }
}
