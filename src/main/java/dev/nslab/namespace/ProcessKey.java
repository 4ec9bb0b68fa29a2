package dev.nslab.namespace;

/**
 * Tells a process from all others that there ever are.
 *
 * @param startTime clock ticks since boot: a PID does not come round within one
 */
record ProcessKey(int hostPid, long startTime) {
    static ProcessKey of(ObservedProcess process) {
        return new ProcessKey(process.hostPid(), process.stat().startTime());
    }
}
