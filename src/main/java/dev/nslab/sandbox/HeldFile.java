package dev.nslab.sandbox;

import dev.nslab.linux.NamespaceId;

/**
 * A namespace that a process keeps alive by an open file.
 *
 * @param pid in the sandbox's first PID namespace
 * @param socket whether the file is a socket of that network namespace, and the process is not in it
 */
public record HeldFile(int pid, int fd, boolean socket, NamespaceId namespace) {}
