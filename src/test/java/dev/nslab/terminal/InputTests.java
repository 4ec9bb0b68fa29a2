package dev.nslab.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputTests {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore program = new Semaphore(0);
    private final List<Boolean> waiting = new ArrayList<>();
    private final Input input = new Input(executor, this::write, waiting::add);

    @AfterEach
    void stop() {
        input.close();
        executor.shutdownNow();
    }

    @Test
    void keepsTheOrder() throws Exception {
        program.release(100_000);
        byte[] bytes = new byte[50_000];
        new Random(7).nextBytes(bytes);
        for (byte one : bytes) {
            input.write(new byte[] {one});
        }
        await().untilAsserted(() -> assertThat(written().length).isEqualTo(bytes.length));
        assertThat(written()).isEqualTo(bytes);
    }

    @Test
    void letsWhoTypesTooFarAheadWait() throws Exception {
        byte[] piece = new byte[Input.LIMIT / 4];
        CompletableFuture<Void> typing = type(piece, 10);
        await().untilAsserted(() -> assertThat(input.isBlocked()).isTrue());
        assertThat(typing).isNotDone();
        program.release(100);
        typing.get(20, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(written().length).isEqualTo(10 * piece.length));
        assertThat(waiting).startsWith(true).endsWith(false);
    }

    @Test
    void freesWhoWaitsWhenItCloses() throws Exception {
        CompletableFuture<Void> typing = type(new byte[Input.LIMIT], 3);
        await().untilAsserted(() -> assertThat(input.isBlocked()).isTrue());
        input.close();
        typing.get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> type(byte[] piece, int times) {
        return CompletableFuture.runAsync(
                () -> {
                    for (int time = 0; time < times; time++) {
                        try {
                            input.write(piece.clone());
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                },
                executor);
    }

    private void write(byte[] bytes) {
        program.acquireUninterruptibly();
        synchronized (written) {
            written.writeBytes(bytes);
        }
    }

    private byte[] written() {
        synchronized (written) {
            return written.toByteArray();
        }
    }
}
