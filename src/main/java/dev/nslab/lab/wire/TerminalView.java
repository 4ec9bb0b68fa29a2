package dev.nslab.lab.wire;

import dev.nslab.sandbox.ExitStatus;
import dev.nslab.terminal.TerminalSession;
import org.jspecify.annotations.Nullable;

/**
 * A terminal as clients see it.
 *
 * @param pid of its shell, in the sandbox's first PID namespace
 * @param exit how the shell ended; null while it runs
 */
public record TerminalView(
        String id,
        String name,
        int pid,
        int cols,
        int rows,
        @Nullable ExitStatus exit) {

    public static TerminalView of(TerminalSession terminal) {
        return new TerminalView(
                terminal.id(),
                terminal.name(),
                terminal.pid(),
                terminal.cols(),
                terminal.rows(),
                terminal.exitStatus());
    }
}
