package dev.nslab.lab;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a learner may have, and for how long. What a sandbox may use is said by
 * {@link dev.nslab.sandbox.SandboxLimits}.
 *
 * @param sandboxesPerLearner at a time; a browser has one, all its tabs and lessons share it
 * @param newSandboxesPerMinute of all learners, resets included
 * @param newSandboxesPerMinutePerLearner the same of one
 * @param changesPerMinutePerLearner requests other than to read; what is typed goes over WebSockets and does not count
 * @param socketsPerLearner WebSockets at a time: each tab has one, and one for each terminal that it shows
 * @param lifetime of a sandbox, watched or not, unless it is extended
 * @param warning how long before the end of that life those who watch are told; half of the life at most
 */
@ConfigurationProperties("nslab.limits")
record LabLimits(
        @DefaultValue("64") int sandboxesPerLearner,
        @DefaultValue("1200") int newSandboxesPerMinute,
        @DefaultValue("240") int newSandboxesPerMinutePerLearner,
        @DefaultValue("12000") int changesPerMinutePerLearner,
        @DefaultValue("512") int socketsPerLearner,
        @DefaultValue("8h") Duration lifetime,
        @DefaultValue("5m") Duration warning) {}
