package dev.nslab.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.sandbox.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputFanoutTests {

    private static final int WINDOW = OutputFanout.WINDOW;

    private final AtomicInteger resumed = new AtomicInteger();
    private final ReplayMemory memory = new ReplayMemory(Long.MAX_VALUE, null);
    private final OutputFanout fanout = new OutputFanout(80, 24, memory, resumed::incrementAndGet);

    @Test
    void tellsANewViewerWhatWasPrintedBefore() throws Exception {
        print("before");
        Subscription viewer = fanout.subscribe();
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Attached(0, 6, 80, 24));
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Viewers(1));
        assertThat(text(next(viewer))).isEqualTo("before");
        print("after");
        assertThat(text(next(viewer))).isEqualTo("after");
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Nothing());
    }

    @Test
    void tellsTheExitAfterTheLastOutput() throws Exception {
        Subscription viewer = viewer();
        print("bye");
        fanout.exited(new ExitStatus(3, null));
        assertThat(text(next(viewer))).isEqualTo("bye");
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Exited(new ExitStatus(3, null)));
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Nothing());
    }

    @Test
    void tellsAllViewersOfSizeAndNumber() throws Exception {
        Subscription first = viewer();
        Subscription second = viewer();
        assertThat(next(first)).isEqualTo(new TerminalEvent.Viewers(2));
        fanout.resized(100, 30);
        assertThat(next(first)).isEqualTo(new TerminalEvent.Resized(100, 30));
        assertThat(next(second)).isEqualTo(new TerminalEvent.Resized(100, 30));
        second.close();
        assertThat(next(first)).isEqualTo(new TerminalEvent.Viewers(1));
        assertThat(next(second)).isEqualTo(new TerminalEvent.Closed());
    }

    @Test
    void resumesWhereAnEarlierViewerStopped() throws Exception {
        print("0123456789");
        Subscription viewer = viewer();
        viewer.resume(4);
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Attached(4, 10, 80, 24));
        assertThat(text(next(viewer))).isEqualTo("456789");
    }

    @Test
    void resumesAtTheOldestByteIfThatIsGoneOrNeverWas() throws Exception {
        printBytes(OutputFanout.REPLAY + 100);
        Subscription viewer = viewer();
        for (long offset : new long[] {0, 99, -1, Long.MAX_VALUE, Long.MIN_VALUE, fanout.replay.end() + 1}) {
            viewer.resume(offset);
            assertThat(next(viewer)).isEqualTo(new TerminalEvent.Attached(100, fanout.replay.end(), 80, 24));
        }
    }

    @Test
    void readsOnWithoutViewers() {
        assertThat(printBytes(10 * WINDOW)).isTrue();
    }

    @Test
    void stopsReadingWhenTheOnlyViewerIsAWindowBehind() throws Exception {
        Subscription viewer = viewer();
        assertThat(printBytes(WINDOW - 1)).isTrue();
        assertThat(printBytes(1)).isFalse();
        assertThat(resumed).hasValue(0);
        next(viewer);
        assertThat(resumed).hasValue(1);
    }

    @Test
    void sendsNoMoreThanAWindowBeyondWhatWasAcknowledged() throws Exception {
        Subscription viewer = viewer();
        viewer.ack(0);
        assertThat(printBytes(WINDOW)).isFalse();
        assertThat(drain(viewer)).hasSize(WINDOW);
        assertThat(resumed).hasValue(0);
        printBytes(10);
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Nothing());
        viewer.ack(1000);
        assertThat(resumed).hasValue(1);
        assertThat(drain(viewer)).hasSize(10);
    }

    @Test
    void believesNoAcknowledgementOfWhatWasNotSent() throws Exception {
        Subscription viewer = viewer();
        viewer.ack(Long.MAX_VALUE);
        assertThat(printBytes(WINDOW)).isFalse();
        assertThatThrownBy(() -> viewer.ack(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goesAtThePaceOfTheFastestAndAttachesTheSlowOneAnew() throws Exception {
        Subscription fast = viewer();
        Subscription slow = viewer();
        drain(fast);
        for (int printed = 0; printed < OutputFanout.REPLAY + WINDOW; printed += 1024) {
            assertThat(printBytes(1024)).isTrue();
            drain(fast);
        }
        assertThat(next(slow)).isEqualTo(new TerminalEvent.Attached(WINDOW, fanout.replay.end(), 80, 24));
        assertThat(drain(slow)).hasSize(OutputFanout.REPLAY);
    }

    @Test
    void losesNothingOfAViewerWhereNoMemoryIsLeft() throws Exception {
        OutputFanout small = new OutputFanout(80, 24, new ReplayMemory(0, null), resumed::incrementAndGet);
        Subscription viewer = small.subscribe();
        next(viewer);
        next(viewer);
        viewer.ack(0);
        byte[] bytes = new byte[PseudoTerminal.READ];
        new Random(3).nextBytes(bytes);
        for (int time = 0; time < 100; time++) {
            while (small.append(bytes, bytes.length)) {
                assertThat(small.replay.end() - small.replay.start()).isLessThanOrEqualTo(2L * bytes.length);
            }
            int before = resumed.get();
            byte[] got = drain(viewer);
            assertThat(got.length % bytes.length).isZero();
            assertThat(Arrays.copyOf(got, bytes.length)).isEqualTo(bytes);
            assertThat(resumed).hasValueGreaterThan(before);
        }
        assertThat(small.replay.isTight()).isTrue();
    }

    @Test
    void readsOnWhenTheSlowViewerLeaves() throws Exception {
        Subscription viewer = viewer();
        printBytes(WINDOW);
        viewer.close();
        assertThat(resumed).hasValue(1);
    }

    @Test
    void readsOnWhileAPasteWaitsThoughNothingIsAcknowledged() throws Exception {
        Subscription viewer = viewer();
        viewer.ack(0);
        printBytes(WINDOW);
        drain(viewer);
        fanout.waiveCredit(true);
        assertThat(resumed).hasValue(1);
        assertThat(printBytes(WINDOW - 1)).isTrue();
        assertThat(printBytes(1)).isFalse();
        assertThat(drain(viewer)).hasSize(WINDOW);
        assertThat(resumed).hasValue(2);
    }

    @Test
    void wakesAWaitingViewer() throws Exception {
        Subscription viewer = viewer();
        for (int round = 0; round < 1000; round++) {
            CompletableFuture<TerminalEvent> event = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    event.complete(viewer.next(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    event.completeExceptionally(e);
                }
            });
            print("x");
            assertThat(text(event.get(20, TimeUnit.SECONDS))).isEqualTo("x");
        }
    }

    @Test
    void sendsViewersAwayWhenItCloses() throws Exception {
        Subscription viewer = viewer();
        print("unseen");
        fanout.close();
        assertThat(next(viewer)).isEqualTo(new TerminalEvent.Closed());
    }

    private Subscription viewer() throws InterruptedException {
        Subscription viewer = fanout.subscribe();
        assertThat(next(viewer)).isInstanceOf(TerminalEvent.Attached.class);
        assertThat(next(viewer)).isInstanceOf(TerminalEvent.Viewers.class);
        return viewer;
    }

    private void print(String text) {
        fanout.append(text.getBytes(StandardCharsets.UTF_8), text.length());
    }

    private boolean printBytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'y');
        return fanout.append(bytes, length);
    }

    private static TerminalEvent next(Subscription viewer) throws InterruptedException {
        return viewer.next(0, TimeUnit.SECONDS);
    }

    private static byte[] drain(Subscription viewer) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (TerminalEvent event = next(viewer); !(event instanceof TerminalEvent.Nothing); event = next(viewer)) {
            if (event instanceof TerminalEvent.Output(var output)) {
                byte[] chunk = new byte[output.remaining()];
                output.get(chunk);
                bytes.writeBytes(chunk);
            }
        }
        return bytes.toByteArray();
    }

    private static String text(TerminalEvent event) {
        return StandardCharsets.UTF_8
                .decode(((TerminalEvent.Output) event).bytes())
                .toString();
    }
}
