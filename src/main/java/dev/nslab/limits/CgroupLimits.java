package dev.nslab.limits;

/**
 * What all processes of a cgroup may use together.
 *
 * @param memory in bytes
 * @param processes and threads
 * @param cpus how many CPUs' worth of time; infinite if only its weight counts
 */
public record CgroupLimits(long memory, long processes, double cpus) {

    /** The init, and the launcher for a moment; RLIMIT_NPROC counts neither. */
    private static final int OWN_PROCESSES = 4;

    /** The limits of one sandbox. Version 1 of cgroups refuses a group more processor time than its parent has. */
    public static CgroupLimits ofOne(Limits limits, CgroupLimits all) {
        return new CgroupLimits(
                limits.memory().toBytes(), limits.processes() + OWN_PROCESSES, Math.min(limits.cpus(), all.cpus));
    }

    /** The limits of all sandboxes of a server together. */
    public static CgroupLimits ofAll(Limits limits, Capacity capacity) {
        return new CgroupLimits(
                (long) limits.allMemory().of((double) capacity.memory()),
                (long) limits.allProcesses().of((double) capacity.processes()),
                limits.allCpus().isAll(capacity.cpus())
                        ? Double.POSITIVE_INFINITY
                        : limits.allCpus().of(capacity.cpus()));
    }
}
