package dev.nslab.sandbox;

/**
 * What all processes of a cgroup may use together.
 *
 * @param memory in bytes
 * @param processes and threads
 * @param cpus how many CPUs' time; infinite if only its weight counts
 */
public record CgroupLimits(long memory, long processes, double cpus) {

    /** The init, and the launcher for a moment; RLIMIT_NPROC counts neither. */
    private static final int OWN_PROCESSES = 4;

    /** Of one sandbox. Version 1 of cgroups refuses more processor time than that of all. */
    static CgroupLimits ofOne(SandboxLimits limits, CgroupLimits all) {
        return new CgroupLimits(
                limits.memory().toBytes(), limits.processes() + OWN_PROCESSES, Math.min(limits.cpus(), all.cpus));
    }

    /** Of all sandboxes of a server. */
    static CgroupLimits ofAll(SandboxLimits limits, Capacity capacity) {
        return new CgroupLimits(
                (long) limits.allMemory().of((double) capacity.memory()),
                (long) limits.allProcesses().of((double) capacity.processes()),
                limits.allCpus().isAll(capacity.cpus())
                        ? Double.POSITIVE_INFINITY
                        : limits.allCpus().of(capacity.cpus()));
    }
}
