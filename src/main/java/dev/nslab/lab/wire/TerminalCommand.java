package dev.nslab.lab.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Control messages from a viewer of a terminal to the server. Typed input is sent beside them, in binary frames. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TerminalCommand.Resize.class, name = "resize"),
    @JsonSubTypes.Type(value = TerminalCommand.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = TerminalCommand.Resume.class, name = "resume")
})
public sealed interface TerminalCommand {

    record Resize(int cols, int rows) implements TerminalCommand {}

    /**
     * The viewer has handled more of the output.
     *
     * @param bytes handled since the last such message
     */
    record Ack(long bytes) implements TerminalCommand {}

    /**
     * The viewer was connected before.
     *
     * @param offset up to which the earlier connection has received the output
     */
    record Resume(long offset) implements TerminalCommand {}
}
