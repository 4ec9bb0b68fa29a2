package dev.nslab.scan;

import dev.nslab.sandbox.HeldFile;
import dev.nslab.sandbox.HeldNamespace;
import dev.nslab.sandbox.InsideLook;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds out what can be seen only from inside a sandbox. The server itself opens nothing below a learner's root. */
public interface InsideView {

    /**
     * Looks at the sandbox as a process sees it.
     *
     * @param pid in the sandbox's first PID namespace
     * @return empty if the process or the sandbox is gone
     */
    Optional<InsideLook> look(int pid);

    /**
     * Describes a namespace that a process keeps alive. The caller has to close the owner in the answer.
     *
     * @param file path below /proc/PID
     * @param owners 0 for itself, 1 for its owner, 2 for the owner of that one, and so on
     * @return empty if there is no such namespace, or no longer
     */
    Optional<HeldNamespace> describe(int pid, String file, int owners);

    /** The namespaces that these processes hold open. The PIDs are those in the sandbox's first PID namespace. */
    List<HeldFile> heldFiles(Collection<Integer> pids);

    /** The view of the sandbox's own init. */
    static InsideView of(Sandbox sandbox) {
        return new InsideView() {
            @Override
            public Optional<InsideLook> look(int pid) {
                try {
                    // If the process is gone, the answer has no host name.
                    return Optional.of(sandbox.look(pid))
                            .filter(look -> !look.hostname().isEmpty());
                } catch (SandboxException gone) {
                    return Optional.empty();
                }
            }

            @Override
            public Optional<HeldNamespace> describe(int pid, String file, int owners) {
                try {
                    return Optional.of(sandbox.describe(pid, file, owners));
                } catch (SandboxException gone) {
                    return Optional.empty();
                }
            }

            @Override
            public List<HeldFile> heldFiles(Collection<Integer> pids) {
                try {
                    return sandbox.heldFiles(pids);
                } catch (SandboxException gone) {
                    return List.of();
                }
            }
        };
    }
}
