package dev.nslab.sandbox.cgroup;

import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Fd;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.linux.SeqPacketSocket;
import dev.nslab.sandbox.spec.HelperRequest;
import dev.nslab.sandbox.spec.IdMap;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes cgroups in which learners have created others. These belong to the learners' ids, and only a process with
 * rights over such ids may remove them: the helper, in a user namespace of its own.
 */
public final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** How many cgroups are removed at once: as many as a message has room for. */
    private static final int AT_ONCE = 100;

    private final SealedProgram program;
    private final Poller poller;
    private final IdMap ids;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param ids all ids that may have created some */
    public Sweeper(SealedProgram program, Poller poller, IdMap ids) {
        this.program = program;
        this.poller = poller;
        this.ids = ids;
    }

    /** Does not wait. Does nothing while an earlier call is still at work. */
    void sweep(Collection<Path> cgroups) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            start(cgroups).whenExited(() -> busy.set(false));
        } catch (LinuxException e) {
            busy.set(false);
            log.warn("cgroups of sandboxes that have ended stay: {}", e.getMessage());
        }
    }

    private ChildProcess start(Collection<Path> cgroups) throws LinuxException {
        HelperRequest words =
                HelperRequest.of("sweep").add("mapper").add(ids.mapper().directive());
        words.add("uid-map").add(ids.uids()).add("gid-map").add(ids.gids());
        cgroups.stream().limit(AT_ONCE).forEach(cgroup -> words.add("remove").add(cgroup.toString()));
        SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
        try (var ours = pair.ours();
                Fd theirs = pair.theirs()) {
            ours.send(words.toBytes());
            return ChildProcess.start(program, "sweep", theirs, poller);
        }
    }
}
