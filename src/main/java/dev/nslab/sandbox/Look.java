package dev.nslab.sandbox;

/**
 * What can only be seen from inside: the server opens nothing below a learner's root.
 *
 * @param hostname of the process's UTS namespace, text of the learner's making; "" when the process is gone
 * @param procPidNamespace inode of the PID namespace that /proc shows to the process; 0 when no proc is mounted there
 */
public record Look(String hostname, long procPidNamespace) {}
