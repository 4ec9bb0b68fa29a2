package dev.nslab.web;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;

/** The open WebSockets. They are closed before all else when the server stops, so that nobody takes it for a failure. */
final class OpenSockets implements SmartLifecycle {

    private final List<Sockets> kinds;
    private volatile boolean running;

    OpenSockets(List<Sockets> kinds) {
        this.kinds = kinds;
    }

    List<Sockets> ofEachKind() {
        return kinds;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        kinds.forEach(sockets -> sockets.closeAll(CloseStatus.GOING_AWAY));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
