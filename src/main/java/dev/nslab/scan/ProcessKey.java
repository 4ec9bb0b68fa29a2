package dev.nslab.scan;

/**
 * Identifies a process among all that ever existed.
 *
 * @param startTime clock ticks since boot; a PID is not used again within one tick
 */
record ProcessKey(int hostPid, long startTime) {
    static ProcessKey of(ObservedProcess process) {
        return new ProcessKey(process.hostPid(), process.stat().startTime());
    }
}
