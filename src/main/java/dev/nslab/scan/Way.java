package dev.nslab.scan;

/**
 * How the sandbox's init reaches a namespace.
 *
 * @param pid of a process or thread, in the sandbox's first PID namespace
 * @param file below its /proc/PID
 * @param owners how often to go on from there to the owner
 */
record Way(int pid, String file, int owners) {
    Way toOwner() {
        return new Way(pid, file, owners + 1);
    }
}
