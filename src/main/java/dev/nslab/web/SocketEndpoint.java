package dev.nslab.web;

import dev.nslab.account.Caller;
import java.util.Optional;

/**
 * One kind of WebSocket. Each bean of this type is registered with what all sockets pass, the check of their Origin first.
 *
 * @param path whose last part is the id: "/ws/terminals/*"
 */
public record SocketEndpoint(String path, Opener opener) {

    /** Makes connections. */
    public interface Opener {
        /** Empty if there is nothing of that id, as far as the caller may know. */
        Optional<Connection> open(Caller caller, String id, SocketSender sender);
    }
}
