package dev.nslab.scan;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Death;
import dev.nslab.sandbox.ExitStatus;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A process that is dead or dying. How it died, and which others died with it, is not yet known. */
final class Dying {

    /** The process as it was last seen alive. */
    final ObservedProcess process;

    private final Map<Integer, ObservedProcess> along = new TreeMap<>();
    private int refreshes;

    Dying(ObservedProcess process) {
        this.process = process;
    }

    boolean isOfInit() {
        return process.isInit();
    }

    void takeAlong(ObservedProcess victim) {
        along.put(victim.pid(), victim);
    }

    /**
     * Whether the death can be reported. In a nested namespace this takes a second snapshot: the first may have read
     * the init as living just before it died, and this process with it.
     */
    boolean isRipe() {
        return isOfInit() || process.pids().size() == 1 || refreshes++ > 0;
    }

    Death toDeath(@Nullable ExitStatus status) {
        return new Death(
                Instant.now(),
                process.pid(),
                process.pids(),
                process.stat().command(),
                status == null ? null : status.status(),
                status == null ? null : status.signal(),
                isOfInit() ? process.namespace(NamespaceType.PID) : null,
                along.values().stream()
                        .map(victim -> new Death.Victim(
                                victim.pid(), victim.pids(), victim.stat().command()))
                        .toList());
    }
}
