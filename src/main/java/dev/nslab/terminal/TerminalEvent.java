package dev.nslab.terminal;

import dev.nslab.sandbox.ExitStatus;
import java.nio.ByteBuffer;

/** What a viewer of a terminal is told: first {@link Attached}, then output and notices as they come. */
public sealed interface TerminalEvent {

    /**
     * The output that follows begins at {@code offset}. What comes before {@code live} was printed before the viewer
     * came (or came back), so queries in it were answered long ago.
     *
     * @param offset bytes since the terminal began
     * @param live offset of the first byte that is new
     */
    record Attached(long offset, long live, int cols, int rows) implements TerminalEvent {}

    /** Bytes as the program printed them; the receiver owns the buffer. */
    record Output(ByteBuffer bytes) implements TerminalEvent {}

    /** The PTY now has this size. Whoever resizes last decides for all viewers. */
    record Resized(int cols, int rows) implements TerminalEvent {}

    record Viewers(int count) implements TerminalEvent {}

    /** The shell has ended, and everything that it printed was delivered. */
    record Exited(ExitStatus status) implements TerminalEvent {}

    /** The terminal was closed; nothing follows. */
    record Closed() implements TerminalEvent {}

    /** Nothing happened within the time waited for. */
    record Nothing() implements TerminalEvent {}
}
