package dev.nslab.lab.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcome;
import dev.nslab.progress.ProgressView;
import dev.nslab.sandbox.Call;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages from the server to the viewers of a sandbox. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SandboxMessage.State.class, name = "state"),
    @JsonSubTypes.Type(value = SandboxMessage.Event.class, name = "event"),
    @JsonSubTypes.Type(value = SandboxMessage.Became.class, name = "outcome"),
    @JsonSubTypes.Type(value = SandboxMessage.Lost.class, name = "lost"),
    @JsonSubTypes.Type(value = SandboxMessage.Exit.class, name = "exit"),
    @JsonSubTypes.Type(value = SandboxMessage.Changed.class, name = "snapshot"),
    @JsonSubTypes.Type(value = SandboxMessage.Progress.class, name = "progress")
})
public sealed interface SandboxMessage {

    /**
     * The sandbox and its terminals. Sent at once, and after each change of them.
     *
     * @param reason why it ended, in an English sentence, for clients that do not know {@code endReason}; null while it runs
     * @param endReason why it ended; null while it runs
     * @param secondsLeft until it ends unless it is extended; null while the end is far away
     * @param linksDown when the server's watchdog last took down its links; null if it never did
     */
    record State(
            String state,
            @Nullable String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EndReasonView endReason,

            List<TerminalView> terminals,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long secondsLeft,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant linksDown)
            implements SandboxMessage {}

    /**
     * A process made a system call that changes namespaces, or signals.
     *
     * @param id increases from call to call
     * @param tid of the thread that called; null if that is the first thread of its process
     * @param target of kill, by its PID in the sandbox's first PID namespace; null where that is not known
     */
    record Event(
            long id,
            Instant at,
            int pid,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer tid,

            String command,
            String syscall,
            List<String> flags,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer target,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String signal)
            implements SandboxMessage {

        public static Event of(Call call, @Nullable Integer target) {
            return new Event(
                    call.id(),
                    call.at(),
                    call.pid(),
                    call.tid() == call.pid() ? null : call.tid(),
                    call.command(),
                    call.syscall(),
                    call.flags(),
                    target,
                    call.signal());
        }
    }

    /** The outcome of a call, as soon as it is known. */
    record Became(@JsonUnwrapped Outcome outcome) implements SandboxMessage {}

    /** How many calls, since the last such message, were made faster than they could be told. */
    record Lost(long count) implements SandboxMessage {}

    /** A process was killed, or the init of a PID namespace has ended. */
    record Exit(@JsonUnwrapped Death death) implements SandboxMessage {}

    /** Processes and namespaces as they are now. Sent at once, and after each change of them. */
    record Changed(@JsonUnwrapped Snapshot snapshot) implements SandboxMessage {}

    /** The learner's progress in the lesson of this sandbox. Sent at once, and after each change. */
    record Progress(@JsonUnwrapped ProgressView progress) implements SandboxMessage {}
}
