package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.sandbox.EndReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why labs ended, for browsers that come back to one after their laptop slept or had no network. Only the most recent
 * are remembered.
 */
final class EndedLabs {

    private static final int MOST = 1000;

    private final Map<String, Ended> ended = new LinkedHashMap<>();

    private record Ended(Rights rights, EndReason why) {}

    synchronized void add(String id, Rights rights, EndReason why) {
        ended.put(id, new Ended(rights, why));
        if (ended.size() > MOST) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    /**
     * Why the lab ended. Empty if it has not ended, if it ended too long ago, or if the caller did not have that right
     * in it.
     */
    synchronized Optional<EndReason> find(Caller caller, String id, Right right) {
        return Optional.ofNullable(ended.get(id))
                .filter(lab -> lab.rights.allow(caller, right))
                .map(Ended::why);
    }
}
