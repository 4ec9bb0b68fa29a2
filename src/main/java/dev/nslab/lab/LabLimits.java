package dev.nslab.lab;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a learner may have, and for how long. For what a sandbox may use see {@link dev.nslab.sandbox.limits.SandboxLimits}.
 *
 * @param sandboxesPerLearner at a time; a browser needs one, which all its tabs and lessons share
 * @param newSandboxesPerMinute of all learners, resets included
 * @param newSandboxesPerMinutePerLearner the same for one learner
 * @param changesPerMinutePerLearner requests that change something; typing goes over WebSockets and does not count
 * @param socketsPerLearner WebSockets at a time: each tab opens one, and another for each terminal that it shows
 * @param lifetime of a sandbox, watched or not, unless it is extended
 * @param warning how long before the end of that lifetime viewers are warned; at most half of the lifetime
 */
@ConfigurationProperties("nslab.limits")
public record LabLimits(
        @DefaultValue("64") int sandboxesPerLearner,
        @DefaultValue("1200") int newSandboxesPerMinute,
        @DefaultValue("240") int newSandboxesPerMinutePerLearner,
        @DefaultValue("12000") int changesPerMinutePerLearner,
        @DefaultValue("512") int socketsPerLearner,
        @DefaultValue("8h") Duration lifetime,
        @DefaultValue("5m") Duration warning) {}
