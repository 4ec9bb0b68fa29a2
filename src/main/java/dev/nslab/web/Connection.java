package dev.nslab.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.springframework.web.socket.CloseStatus;

/** One open WebSocket: it receives what the peer sends, and has one thread that sends the peer what happens. */
public interface Connection {

    /**
     * After so many seconds of silence, the peer is asked whether it is still there. Proxies cut connections that are
     * quiet for 60 s.
     */
    int PING_SECONDS = 25;

    /**
     * Sends the peer everything that happens, until nothing more will happen or the peer is gone. Blocks; runs on a
     * virtual thread.
     */
    void run() throws IOException, InterruptedException;

    /** A part of a binary message. May block while the receiver cannot take more. */
    void received(ByteBuffer bytes) throws InterruptedException;

    /** A whole text message. */
    void received(String text) throws IOException;

    /** Something was received from the peer, even if only a pong. */
    void heard();

    /** The socket is closed. */
    void closed();

    /** Closes the socket. */
    void close(CloseStatus why);
}
