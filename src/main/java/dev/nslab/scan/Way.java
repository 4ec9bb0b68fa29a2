package dev.nslab.scan;

/**
 * How the sandbox's init reaches a namespace.
 *
 * @param pid PID of a process or TID of a thread, in the sandbox's first PID namespace
 * @param file path below its /proc/PID
 * @param owners how many times to go on from a namespace to its owner
 */
record Way(int pid, String file, int owners) {
    Way toOwner() {
        return new Way(pid, file, owners + 1);
    }
}
