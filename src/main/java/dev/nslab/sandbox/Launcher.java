package dev.nslab.sandbox;

import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Fd;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.linux.SeqPacketSocket;
import dev.nslab.sandbox.cgroup.SandboxCgroup;
import dev.nslab.sandbox.spec.HelperRequest;
import java.util.List;

/**
 * An unshare-helper that has been started, has joined its cgroups, and waits for the specification of the sandbox that
 * it is to create.
 *
 * @param socket the server's end of its control socket
 * @param whenGone to be called when neither it nor the sandbox that it created has a process left
 */
record Launcher(ChildProcess process, SeqPacketSocket socket, Runnable whenGone) {

    static Launcher start(SealedProgram program, Poller poller, List<SandboxCgroup> cgroups, Runnable whenGone)
            throws LinuxException {
        SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
        try (Fd theirs = pair.theirs()) {
            HelperRequest preparation = HelperRequest.of("prepare");
            for (SandboxCgroup cgroup : cgroups) {
                preparation.add("cgroup").add(cgroup.members().toString());
                if (cgroup.controllers() == null) {
                    continue;
                }
                preparation.add("divide").add(cgroup.directory().toString());
                preparation.add("controllers").add(cgroup.controllers());
            }
            pair.ours().send(preparation.toBytes());
            return new Launcher(ChildProcess.start(program, "init", theirs, poller), pair.ours(), whenGone);
        } catch (LinuxException e) {
            pair.ours().close();
            throw e;
        }
    }

    /** Ends it if no sandbox is needed from it. */
    void dismiss() {
        process.whenExited(whenGone);
        socket.close();
    }
}
