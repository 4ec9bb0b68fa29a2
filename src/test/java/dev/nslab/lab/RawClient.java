package dev.nslab.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A TCP connection to the server, to send what no well-behaved client sends. */
public final class RawClient implements AutoCloseable {

    /** First bytes of WebSocket frames (RFC 6455, 5.2): the last frame of its message, with this opcode. */
    static final int TEXT = 0x81;

    static final int BINARY = 0x82;
    static final int PING = 0x89;

    /** The same, but further frames of the message follow. */
    static final int FIRST_TEXT = 0x01;

    static final int MORE = 0x00;

    private static final int DEADLINE_MS = 60_000;
    private static final int CLOSE = 8;

    private final Socket socket;
    private final DataInputStream input;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MS);
        input = new DataInputStream(socket.getInputStream());
    }

    public static RawClient connect(int port) throws IOException {
        Socket socket = new Socket();
        // A small buffer, so that the server's side is soon full.
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE_MS);
        return new RawClient(socket);
    }

    /** A connection that has become a WebSocket. */
    static RawClient upgraded(int port, String path) throws IOException {
        RawClient client = connect(port);
        client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
        return client;
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A frame that is masked, as a client's must be, though by zeroes. */
    void frame(int first, byte[] payload) throws IOException {
        frame(first, payload.length, payload);
    }

    void frame(int first, String payload) throws IOException {
        frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The head of a frame that claims to have this many bytes, whatever follows. */
    void frame(int first, long length, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) first);
        if (length < 0 || length > 0xffff) {
            frame.put((byte) (0x80 | 127)).putLong(length);
        } else if (length > 125) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | length));
        }
        frame.putInt(0).put(payload);
        send(java.util.Arrays.copyOf(frame.array(), frame.position()));
    }

    /** Waits until the server closes the WebSocket. Returns the close code, or 1006 if there is none. */
    int closeCode() throws IOException {
        try {
            while (true) {
                int opcode = input.readUnsignedByte() & 0x0f;
                byte[] payload = new byte[payloadLength()];
                input.readFully(payload);
                if (opcode == CLOSE) {
                    return ByteBuffer.wrap(payload).getShort();
                }
            }
        } catch (EOFException | SocketException e) {
            return 1006;
        }
    }

    private int payloadLength() throws IOException {
        int length = input.readUnsignedByte();
        return switch (length) {
            case 126 -> input.readUnsignedShort();
            case 127 -> Math.toIntExact(input.readLong());
            default -> length;
        };
    }

    /** The head of an answer. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything that the server sends until it closes the connection. */
    public String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            input.transferTo(all);
        } catch (SocketException e) {
            // A reset: the server has closed the connection with something unread, which means the same.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (!socket.isClosed()) {
            // Closes at once, with a reset.
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
