package dev.nslab.sandbox;

import dev.nslab.linux.NamespaceId;

/**
 * A namespace that a process holds open.
 *
 * @param pid in the sandbox's first PID namespace
 */
public record HeldFile(int pid, int fd, NamespaceId namespace) {}
