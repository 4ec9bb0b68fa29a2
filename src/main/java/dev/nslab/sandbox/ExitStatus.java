package dev.nslab.sandbox;

import dev.nslab.linux.Signals;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param status its exit code, or 128 + the number of the signal that ended it, as in shells
 * @param signal name of that signal ("SIGKILL"), null when it exited by itself
 */
public record ExitStatus(int status, @Nullable String signal) {
    static final ExitStatus KILLED = ofWait(9);

    /** Decodes a status of wait(2). */
    public static ExitStatus ofWait(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new ExitStatus(status >> 8 & 0xff, null)
                : new ExitStatus(128 + signal, Signals.name(signal));
    }
}
