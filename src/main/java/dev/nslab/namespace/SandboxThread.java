package dev.nslab.namespace;

import java.util.List;
import java.util.Map;

/**
 * A thread of a process that is in other namespaces than the first one.
 *
 * @param tid in the sandbox's first PID namespace
 * @param tids in every PID namespace that it is in, from the sandbox's first inwards
 * @param command the name of at most 15 bytes that it has for itself
 * @param namespaces all of them, as those of a {@link SandboxProcess}
 */
public record SandboxThread(int tid, List<Integer> tids, String command, Map<String, Long> namespaces) {}
