package dev.nslab.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.springframework.web.socket.CloseStatus;

/** One open WebSocket: what comes from the peer, and one thread that tells the peer what happens. */
interface Connection {

    /** Silence after which the peer is asked whether it is still there; proxies cut connections that are quiet for 60 s. */
    int PING_SECONDS = 25;

    /** Tells the peer all that happens, until nothing more will or the peer is gone. Blocks; runs on a virtual thread. */
    void run() throws IOException, InterruptedException;

    /** A part of a binary message. May block while the receiver cannot take more. */
    void received(ByteBuffer bytes) throws InterruptedException;

    /** A whole text message. */
    void received(String text) throws IOException;

    /** Something came from the peer, be it a pong. */
    void heard();

    /** The socket is closed. */
    void closed();

    /** Closes the socket. */
    void close(CloseStatus why);
}
