package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.sandbox.EndReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Why labs ended, for those who come back to one: a laptop that slept, a page without a network. Only the last are known. */
final class EndedLabs {

    private static final int MOST = 1000;

    private final Map<String, Ended> ended = new LinkedHashMap<>();

    private record Ended(Learner owner, EndReason reason) {}

    synchronized void add(Learner owner, String id, EndReason reason) {
        ended.put(id, new Ended(owner, reason));
        if (ended.size() > MOST) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    synchronized Optional<EndReason> reason(Learner learner, String id) {
        return Optional.ofNullable(ended.get(id))
                .filter(lab -> lab.owner.equals(learner))
                .map(Ended::reason);
    }
}
