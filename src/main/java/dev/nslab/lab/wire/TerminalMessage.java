package dev.nslab.lab.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Control messages from the server to a viewer of a terminal. Output is sent beside them, in binary frames. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TerminalMessage.Attached.class, name = "attached"),
    @JsonSubTypes.Type(value = TerminalMessage.Size.class, name = "size"),
    @JsonSubTypes.Type(value = TerminalMessage.Viewers.class, name = "viewers"),
    @JsonSubTypes.Type(value = TerminalMessage.Exit.class, name = "exit"),
    @JsonSubTypes.Type(value = TerminalMessage.Refused.class, name = "error")
})
public sealed interface TerminalMessage {

    /** The binary frames that follow begin at {@code offset}. Output before {@code live} is a replay. */
    record Attached(long offset, long live, int cols, int rows) implements TerminalMessage {}

    record Size(int cols, int rows) implements TerminalMessage {}

    record Viewers(int count) implements TerminalMessage {}

    record Exit(int status, @Nullable String signal) implements TerminalMessage {}

    /** A message from the client was refused; the connection stays open. */
    record Refused(String detail) implements TerminalMessage {}
}
