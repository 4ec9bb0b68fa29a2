package dev.nslab.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many sandboxes there may be, for how long, and what each of them and all together may use. The doctor lists these
 * settings as they are declared here, and says what enforces each.
 *
 * @param sandboxes at a time, of all learners
 * @param terminals at a time in one sandbox
 * @param sandboxesPerLearner at a time; a browser needs one, which all its tabs and lessons share. In personal mode, all
 *     browsers are one learner
 * @param newSandboxesPerMinute of all learners, resets included
 * @param newSandboxesPerMinutePerLearner the same for one learner
 * @param socketsPerLearner WebSockets at a time: each tab opens one, and another for each terminal that it shows
 * @param changesPerMinutePerLearner requests that change something; typing goes over WebSockets and does not count
 * @param idle how long a sandbox lives while nobody is looking at it
 * @param lifetime of a sandbox, watched or not, unless it is extended
 * @param warning how long before the end of that lifetime viewers are warned; at most half of the lifetime
 * @param processes and threads (RLIMIT_NPROC, counted for the sandbox as a whole, and cgroup)
 * @param openFiles of one process (RLIMIT_NOFILE)
 * @param memory of all processes and files of the sandbox together (cgroup), else of each process alone (RLIMIT_DATA)
 * @param cpus how many CPUs' time it may use (cgroup); 0.5 is half of one
 * @param fileSystem size of all files in the sandbox, which lie in memory (tmpfs(5), size)
 * @param files number of files and directories (tmpfs(5), nr_inodes)
 * @param namespaces of each type, nested ones included (/proc/sys/user/max_*_namespaces)
 * @param networkNamespaces the same for network namespaces, which cost the kernel far more
 * @param allMemory of all sandboxes together, of what this server's machine or container has (cgroup)
 * @param allProcesses of all sandboxes together (cgroup)
 * @param allCpus of all sandboxes together (cgroup); even without this limit the server comes first, by its weight
 */
@ConfigurationProperties("nslab.limits")
public record Limits(
        @DefaultValue("256") int sandboxes,
        @DefaultValue("32") int terminals,
        @DefaultValue("64") int sandboxesPerLearner,
        @DefaultValue("1200") int newSandboxesPerMinute,
        @DefaultValue("240") int newSandboxesPerMinutePerLearner,
        @DefaultValue("512") int socketsPerLearner,
        @DefaultValue("12000") int changesPerMinutePerLearner,
        @DefaultValue("30m") Duration idle,
        @DefaultValue("8h") Duration lifetime,
        @DefaultValue("5m") Duration warning,
        @DefaultValue("256") int processes,
        @DefaultValue("1024") int openFiles,
        @DefaultValue("512MB") DataSize memory,
        @DefaultValue("1") double cpus,
        @DefaultValue("64MB") DataSize fileSystem,
        @DefaultValue("16384") int files,
        @DefaultValue("64") int namespaces,
        @DefaultValue("16") int networkNamespaces,
        @DefaultValue("75%") Share allMemory,
        @DefaultValue("75%") Share allProcesses,
        @DefaultValue("100%") Share allCpus) {}
