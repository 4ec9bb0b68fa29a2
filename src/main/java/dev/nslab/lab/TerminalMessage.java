package dev.nslab.lab;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Control messages from the server to a viewer of a terminal; output goes beside them, as binary frames. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TerminalMessage.Attached.class, name = "attached"),
    @JsonSubTypes.Type(value = TerminalMessage.Size.class, name = "size"),
    @JsonSubTypes.Type(value = TerminalMessage.Viewers.class, name = "viewers"),
    @JsonSubTypes.Type(value = TerminalMessage.Exit.class, name = "exit"),
    @JsonSubTypes.Type(value = TerminalMessage.Refused.class, name = "error")
})
sealed interface TerminalMessage {

    /** Binary frames from here on begin at {@code offset}; what lies before {@code live} is a replay. */
    record Attached(long offset, long live, int cols, int rows) implements TerminalMessage {}

    record Size(int cols, int rows) implements TerminalMessage {}

    record Viewers(int count) implements TerminalMessage {}

    record Exit(int status, @Nullable String signal) implements TerminalMessage {}

    /** A message of the client's was refused; the connection stays. */
    record Refused(String detail) implements TerminalMessage {}
}
