package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SeqPacketSocketTests {
    private static final byte[] PACKET = {1};

    /** The watchdog may ask a sandbox that is ending at that moment. */
    @Test
    void whoSendsWhileItIsClosedIsToldThatItIs() throws Exception {
        for (int round = 0; round < 500; round++) {
            SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
            CompletableFuture<Void> begun = new CompletableFuture<>();
            CompletableFuture<Errno> last = CompletableFuture.supplyAsync(() -> sendOn(pair.ours(), begun));
            begun.join();
            pair.ours().close();
            assertThat(last.join()).isEqualTo(Errno.EPIPE);
            pair.theirs().close();
        }
    }

    private static Errno sendOn(SeqPacketSocket socket, CompletableFuture<Void> begun) {
        while (true) {
            try {
                socket.send(PACKET);
            } catch (LinuxException e) {
                if (!e.errno().equals(Errno.EAGAIN)) {
                    return e.errno();
                }
            }
            begun.complete(null);
        }
    }

    @Test
    void aSideThatIsGoneWithWordsUnreadHasClosed() throws Exception {
        SeqPacketSocket.Pair pair = SeqPacketSocket.pair();
        pair.ours().send(PACKET);
        pair.theirs().close();
        assertThat(pair.ours().receive())
                .isNotNull()
                .extracting(SeqPacketSocket.Packet::bytes)
                .isEqualTo(new byte[0]);
        pair.ours().close();
    }
}
