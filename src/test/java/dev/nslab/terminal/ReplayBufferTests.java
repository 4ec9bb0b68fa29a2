package dev.nslab.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayBufferTests {

    private static final int LIMIT = 64 * 1024;

    private final ReplayBuffer buffer = new ReplayBuffer(LIMIT, new ReplayMemory(Long.MAX_VALUE, null));

    @Test
    void isEmptyAtFirst() {
        assertThat(buffer.start()).isZero();
        assertThat(buffer.end()).isZero();
        assertThat(buffer.copy(0, 10)).isEmpty();
    }

    @Test
    void keepsEverythingUpToItsLimit() {
        byte[] bytes = random(LIMIT, 1);
        append(bytes, 1000);
        assertThat(buffer.start()).isZero();
        assertThat(buffer.copy(0, LIMIT)).isEqualTo(bytes);
        assertThat(buffer.copy(LIMIT - 5, 100)).hasSize(5);
    }

    @Test
    void overwritesTheOldest() {
        buffer.append(random(LIMIT, 1), LIMIT);
        buffer.append(new byte[] {1, 2, 3}, 3);
        assertThat(buffer.start()).isEqualTo(3);
        assertThat(buffer.copy(LIMIT, 10)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> buffer.copy(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsLessWhereNoMemoryIsLeftAndGrowsWhenThereIs() {
        ReplayMemory whole = new ReplayMemory(LIMIT, null);
        ReplayMemory ours = new ReplayMemory(LIMIT, whole);
        ReplayMemory theirs = new ReplayMemory(LIMIT, whole);
        ReplayBuffer first = new ReplayBuffer(LIMIT, ours);
        ReplayBuffer second = new ReplayBuffer(LIMIT, theirs);
        first.append(random(LIMIT, 1), LIMIT);
        byte[] bytes = random(LIMIT, 2);
        second.append(bytes, LIMIT);
        assertThat(first.isTight()).isFalse();
        assertThat(second.isTight()).isTrue();
        assertThat(second.start()).isEqualTo(LIMIT - second.capacity());
        assertThat(second.copy(second.start(), LIMIT))
                .isEqualTo(Arrays.copyOfRange(bytes, LIMIT - second.capacity(), LIMIT));
        first.release();
        second.append(bytes, LIMIT);
        assertThat(second.isTight()).isFalse();
        assertThat(second.copy(second.start(), LIMIT)).isEqualTo(bytes);
    }

    @Test
    void takesMoreAtOnceThanItCanKeep() {
        byte[] bytes = random(3 * LIMIT + 17, 1);
        buffer.append(bytes, bytes.length);
        assertThat(buffer.end()).isEqualTo(bytes.length);
        assertThat(buffer.copy(buffer.start(), LIMIT))
                .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - LIMIT, bytes.length));
    }

    @Test
    void isTheTailOfTheStreamWhateverTheSizesOfThePieces() {
        Random random = new Random(42);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int piece = 0; piece < 2000; piece++) {
            byte[] bytes = random(random.nextInt(300), piece);
            stream.writeBytes(bytes);
            buffer.append(bytes, bytes.length);
            byte[] all = stream.toByteArray();
            assertThat(buffer.end()).isEqualTo(all.length);
            assertThat(buffer.copy(buffer.start(), LIMIT))
                    .isEqualTo(Arrays.copyOfRange(all, (int) buffer.start(), all.length));
        }
        assertThat(buffer.end() - buffer.start()).isEqualTo(LIMIT);
    }

    private void append(byte[] bytes, int piece) {
        for (int from = 0; from < bytes.length; from += piece) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + piece, bytes.length));
            buffer.append(part, part.length);
        }
    }

    private static byte[] random(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
