package dev.nslab.lab;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The browser's end of a WebSocket. It remembers everything, and can wait for what is to come. */
public final class TestSocket implements WebSocket.Listener {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private final Object queue = new Object();
    private CompletableFuture<WebSocket> sending = socket;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<JsonNode> messages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile long acknowledgeEvery = Long.MAX_VALUE;
    private long unacknowledged;
    private int closeCode;
    private boolean reading = true;

    @Override
    public void onOpen(WebSocket webSocket) {
        socket.complete(webSocket);
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        synchronized (this) {
            output.writeBytes(bytes);
            unacknowledged += bytes.length;
            if (unacknowledged >= acknowledgeEvery) {
                String ack = "{\"type\":\"ack\",\"bytes\":" + unacknowledged + "}";
                var _ = send(open -> open.sendText(ack, true));
                unacknowledged = 0;
            }
        }
        return more();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        synchronized (this) {
            text.append(data);
            if (last) {
                messages.add(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
        }
        return more();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        synchronized (this) {
            closeCode = code;
            notifyAll();
        }
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        synchronized (this) {
            closeCode = 1006;
            notifyAll();
        }
    }

    private synchronized @Nullable CompletionStage<?> more() {
        notifyAll();
        if (reading) {
            webSocket().request(1);
        }
        return null;
    }

    /** Stops reading until {@link #readOn}. */
    public synchronized void stopReading() {
        reading = false;
    }

    public synchronized void readOn() {
        reading = true;
        webSocket().request(1);
    }

    /** From now on acknowledges output like the page, whenever this many bytes have arrived. */
    public void acknowledge(long every) {
        acknowledgeEvery = every;
    }

    public void type(String keys) {
        send(keys.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
        send(open -> open.sendBinary(ByteBuffer.wrap(bytes), true)).join();
    }

    public void sendJson(String json) {
        send(open -> open.sendText(json, true)).join();
    }

    /** Sends one message after another, because the JDK's WebSocket refuses a second one while one is under way. */
    private CompletableFuture<WebSocket> send(Function<WebSocket, CompletableFuture<WebSocket>> message) {
        synchronized (queue) {
            sending = sending.thenCompose(message).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return sending;
        }
    }

    public void resize(int cols, int rows) {
        sendJson("{\"type\":\"resize\",\"cols\":%d,\"rows\":%d}".formatted(cols, rows));
    }

    /** Waits until the text has been printed. */
    public void expect(String printed) {
        await(() -> printed().contains(printed), "\"" + printed + "\" in the output");
    }

    public synchronized String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    public synchronized byte[] bytes() {
        return output.toByteArray();
    }

    /** How many bytes have been printed. */
    public synchronized int size() {
        return output.size();
    }

    public synchronized void forget() {
        output.reset();
        messages.clear();
    }

    /** Waits for a message of this type. */
    public JsonNode message(String type) {
        return message(node -> node.get("type").asString().equals(type), type);
    }

    /** Waits for a message for which the condition is true. */
    public JsonNode message(Predicate<JsonNode> wanted, String what) {
        await(() -> find(wanted).isPresent(), "a message: " + what);
        return find(wanted).orElseThrow();
    }

    public synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Waits until the server has closed the socket. Returns the close code. */
    public int closed() {
        await(() -> closeCode != 0, "the server closes the socket");
        return closeCode;
    }

    /** Waits until the condition is true. It is evaluated whenever something has come. */
    public synchronized void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || (closeCode != 0 && left < DEADLINE.toNanos() - TimeUnit.SECONDS.toNanos(1))) {
                throw new AssertionError("waited in vain for " + what + "; close code " + closeCode + ", messages "
                        + messages + ", output: " + size() + " bytes, at last " + tail());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Breaks the connection, as if the network were cut. */
    public void abort() {
        webSocket().abort();
    }

    public void close() {
        WebSocket open = webSocket();
        if (!open.isOutputClosed()) {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(e -> open)
                    .join();
        }
        open.abort();
    }

    private WebSocket webSocket() {
        return socket.join();
    }

    private synchronized Optional<JsonNode> find(Predicate<JsonNode> wanted) {
        return messages.stream().filter(wanted).findFirst();
    }

    private String tail() {
        String all = printed();
        return all.substring(Math.max(0, all.length() - 500));
    }
}
