package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.account.RateLimits;
import dev.nslab.limits.Limits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Limits new sandboxes and changes per minute. A whole minute's new sandboxes may come at once, but only a sixth of a
 * minute's changes: changes are many and cheap, and a burst of them makes others wait.
 */
@Component
public class Admission {

    private static final Duration CHANGES_AT_ONCE = Duration.ofSeconds(10);

    private final int perLearner;
    private final Bucket all;
    private final Map<Caller, Bucket> callers = new ConcurrentHashMap<>();
    private final int changesAtOnce;
    private final Map<Caller, Bucket> changes = new ConcurrentHashMap<>();

    Admission(Limits limits) {
        perLearner = limits.newSandboxesPerMinutePerLearner();
        all = perMinute(limits.newSandboxesPerMinute());
        changesAtOnce = Math.max(1, limits.changesPerMinutePerLearner() / 6);
    }

    /**
     * Counts a new sandbox, or a reset.
     *
     * @throws LabException if the learner, or all learners together, have reached the limit for now
     */
    public void admit(Caller caller) {
        Bucket own = callers.computeIfAbsent(caller, who -> perMinute(perLearner));
        take(own, "You have asked for many new sandboxes in a short time.");
        try {
            take(all, "Too many new sandboxes are being requested just now.");
        } catch (LabException e) {
            own.addTokens(1);
            throw e;
        }
    }

    /**
     * Counts a change by a learner, whether large or small.
     *
     * @throws LabException if the learner has reached the limit for now
     */
    public void admitChange(Caller caller) {
        take(
                changes.computeIfAbsent(caller, who -> RateLimits.of(changesAtOnce, CHANGES_AT_ONCE)),
                "You have made too many changes in a short time.");
    }

    /** Forgets learners who have not made a request for a while. */
    void forget() {
        callers.values().removeIf(bucket -> bucket.getAvailableTokens() >= perLearner);
        changes.values().removeIf(bucket -> bucket.getAvailableTokens() >= changesAtOnce);
    }

    private static void take(Bucket bucket, String refusal) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw LabException.tooFast(refusal, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private static Bucket perMinute(int most) {
        return RateLimits.of(most, Duration.ofMinutes(1));
    }
}
