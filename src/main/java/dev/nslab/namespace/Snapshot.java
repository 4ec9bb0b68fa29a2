package dev.nslab.namespace;

import java.util.List;

/**
 * All processes and namespaces of a sandbox at one moment. Goes to JSON as it is.
 *
 * @param sandbox id of the sandbox
 * @param revision grows by one when, and only when, the rest of the snapshot has changed
 * @param namespaces by type, the sandbox's own first
 * @param processes by their PID in the sandbox's first PID namespace; empty when the sandbox has ended
 */
public record Snapshot(String sandbox, long revision, List<Namespace> namespaces, List<SandboxProcess> processes) {}
