package dev.nslab.lab.web;

import dev.nslab.lab.wire.TerminalCommand;
import dev.nslab.lab.wire.TerminalMessage;
import dev.nslab.terminal.Subscription;
import dev.nslab.terminal.TerminalEvent;
import dev.nslab.terminal.TerminalSession;
import dev.nslab.web.Connection;
import dev.nslab.web.SocketSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A viewer of a terminal at the other end of a WebSocket. */
final class TerminalConnection implements Connection {

    private final TerminalSession terminal;
    private final BooleanSupplier mayType;
    private final Subscription subscription;
    private final SocketSender sender;
    private final JsonMapper json;
    private volatile @Nullable Thread typing;

    /**
     * @param mayType asked each time: a viewer without that right cannot type, and the size of their window has no
     *     effect
     */
    TerminalConnection(TerminalSession terminal, BooleanSupplier mayType, SocketSender sender, JsonMapper json) {
        this.terminal = terminal;
        this.mayType = mayType;
        this.subscription = terminal.subscribe();
        this.sender = sender;
        this.json = json;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        while (tell(subscription.next(PING_SECONDS, TimeUnit.SECONDS))) {}
    }

    /** Returns false after the last event. */
    private boolean tell(TerminalEvent event) throws IOException {
        switch (event) {
            case TerminalEvent.Output(ByteBuffer bytes) -> sender.send(bytes);
            case TerminalEvent.Attached(long offset, long live, int cols, int rows) ->
                sender.send(new TerminalMessage.Attached(offset, live, cols, rows));
            case TerminalEvent.Resized(int cols, int rows) -> sender.send(new TerminalMessage.Size(cols, rows));
            case TerminalEvent.Viewers(int count) -> sender.send(new TerminalMessage.Viewers(count));
            case TerminalEvent.Exited(var how) -> sender.send(new TerminalMessage.Exit(how.status(), how.signal()));
            case TerminalEvent.Nothing() -> ping();
            case TerminalEvent.Closed() -> sender.close(SocketSender.GONE);
        }
        return !(event instanceof TerminalEvent.Closed);
    }

    /**
     * While the program does not read a paste, the viewer's pongs wait behind it. So silence does not mean then that
     * the viewer is gone.
     */
    private void ping() throws IOException {
        if (!terminal.isInputBlocked() && sender.isSilentFor(TimeUnit.SECONDS.toNanos(3 * PING_SECONDS))) {
            throw new IOException("the peer has been silent for too long");
        }
        sender.ping();
    }

    @Override
    public void received(ByteBuffer bytes) throws InterruptedException {
        if (!mayType.getAsBoolean()) {
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        typing = Thread.currentThread();
        try {
            terminal.write(copy);
        } finally {
            typing = null;
        }
    }

    @Override
    public void received(String text) throws IOException {
        try {
            obey(json.readValue(text, TerminalCommand.class));
        } catch (JacksonException e) {
            sender.send(new TerminalMessage.Refused(
                    "This is not a message of type resize, ack or resume with its fields."));
        } catch (IllegalArgumentException e) {
            sender.send(new TerminalMessage.Refused(String.valueOf(e.getMessage())));
        }
    }

    private void obey(TerminalCommand command) throws IOException {
        switch (command) {
            case TerminalCommand.Resize(int cols, int rows) -> {
                if (mayType.getAsBoolean()) {
                    terminal.resize(cols, rows);
                }
            }
            case TerminalCommand.Ack(long bytes) -> subscription.ack(bytes);
            case TerminalCommand.Resume(long offset) -> subscription.resume(offset);
        }
    }

    @Override
    public void heard() {
        sender.heard();
    }

    @Override
    public void closed() {
        subscription.close();
        Thread waiting = typing;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    @Override
    public void close(CloseStatus why) {
        sender.close(why);
    }
}
