package dev.nslab.lab;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;

/** The open WebSockets. They are closed first when the server stops, so that no client takes it for a failure. */
final class LabSockets implements SmartLifecycle {

    private final Sockets terminals;
    private final Sockets labs;
    private volatile boolean running;

    LabSockets(Sockets terminals, Sockets labs) {
        this.terminals = terminals;
        this.labs = labs;
    }

    Sockets terminals() {
        return terminals;
    }

    Sockets labs() {
        return labs;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        terminals.closeAll(CloseStatus.GOING_AWAY);
        labs.closeAll(CloseStatus.GOING_AWAY);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
