package dev.nslab.sandbox;

import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Fd;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.linux.SeqPacketSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * An unshare-helper that has been started and has joined its cgroups, and waits to hear what sandbox to make.
 *
 * @param socket the server's end of its control socket
 * @param whenGone to be called when no process is left of it, nor of the sandbox that it made
 */
record Launcher(ChildProcess process, SeqPacketSocket socket, Runnable whenGone) {

    /** @param cgroups the files by which to join them */
    static Launcher start(SealedProgram program, Poller poller, List<Path> cgroups, Runnable whenGone)
            throws LinuxException {
        SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
        try (Fd theirs = pair.theirs()) {
            Words preparation = Words.of("prepare");
            cgroups.forEach(file -> preparation.add("cgroup").add(file.toString()));
            pair.ours().send(preparation.toBytes());
            return new Launcher(ChildProcess.start(program, "init", theirs, poller), pair.ours(), whenGone);
        } catch (LinuxException e) {
            pair.ours().close();
            throw e;
        }
    }

    /** Lets it end, when no sandbox is asked of it. */
    void dismiss() {
        process.whenExited(whenGone);
        socket.close();
    }
}
