package dev.nslab.bench;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client's end of one WebSocket. It remembers what came until it is asked for. */
final class Line implements WebSocket.Listener {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(30);

    private final StringBuilder received = new StringBuilder();
    private volatile long lastReceived;

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        append(StandardCharsets.UTF_8.decode(data));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        append(last ? data + "\n" : data);
        socket.request(1);
        return null;
    }

    private synchronized void append(CharSequence text) {
        lastReceived = System.nanoTime();
        received.append(text);
        notifyAll();
    }

    synchronized void forget() {
        received.setLength(0);
    }

    /** Waits until what has come fits. Returns the time (System.nanoTime) at which its last part came. */
    synchronized long await(Predicate<StringBuilder> fits) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + DEADLINE;
        while (!fits.test(received)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("got only: " + received);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return lastReceived;
    }

    long await(String text) throws InterruptedException, TimeoutException {
        return await(all -> all.indexOf(text) >= 0);
    }

    synchronized String text() {
        return received.toString();
    }
}
