package dev.nslab.terminal;

import java.util.Arrays;

/**
 * The last bytes of a stream, addressed by their offset since the stream began. Not thread-safe.
 *
 * <p>A terminal that never prints much stays small: the ring starts with a few KB and doubles up to its limit, or until
 * no memory is left for it; from then on the oldest bytes are overwritten.
 */
final class ReplayBuffer {

    /** Twice the most that is appended at a time, so that viewers may be half a buffer behind. */
    private static final int INITIAL = 2 * PseudoTerminal.READ;

    private final int limit;
    private final ReplayMemory memory;
    private byte[] ring;
    private long end;
    private int size;
    private boolean tight;

    /** @param limit the most bytes to keep; a power of two times {@value #INITIAL} */
    ReplayBuffer(int limit, ReplayMemory memory) {
        this.limit = limit;
        this.memory = memory;
        this.ring = new byte[INITIAL];
    }

    /** Whether the buffer could not grow, because no memory was left. */
    boolean isTight() {
        return tight;
    }

    /** How many bytes it can hold now. */
    int capacity() {
        return ring.length;
    }

    /** Gives the memory back. The buffer must not be used after that. */
    void release() {
        memory.giveBack(ring.length - INITIAL);
        ring = new byte[0];
        size = 0;
    }

    /** Offset of the oldest byte that is still remembered. */
    long start() {
        return end - size;
    }

    /** Offset behind the newest byte, which is how many bytes the stream has had so far. */
    long end() {
        return end;
    }

    void append(byte[] bytes, int length) {
        grow(size + Math.min(length, limit));
        int kept = Math.min(length, ring.length);
        int at = (int) ((end + length - kept) % ring.length);
        int first = Math.min(kept, ring.length - at);
        System.arraycopy(bytes, length - kept, ring, at, first);
        System.arraycopy(bytes, length - kept + first, ring, 0, kept - first);
        end += length;
        size = Math.min(size + length, ring.length);
    }

    /** Copies up to {@code most} bytes that begin at {@code offset}, which must lie in start..end. */
    byte[] copy(long offset, int most) {
        if (offset < start() || offset > end) {
            throw new IllegalArgumentException(offset + " is not within " + start() + ".." + end);
        }
        return copy(ring, offset, (int) Math.min(most, end - offset));
    }

    private static byte[] copy(byte[] ring, long offset, int length) {
        int at = (int) (offset % ring.length);
        if (at + length <= ring.length) {
            return Arrays.copyOfRange(ring, at, at + length);
        }
        byte[] bytes = new byte[length];
        int first = ring.length - at;
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, length - first);
        return bytes;
    }

    private void grow(int needed) {
        if (needed <= ring.length || ring.length == limit) {
            return;
        }
        int capacity = ring.length;
        while (capacity < needed && capacity < limit) {
            capacity *= 2;
        }
        tight = !memory.take(capacity - ring.length);
        if (tight) {
            return;
        }
        byte[] old = copy(ring, start(), size);
        ring = new byte[capacity];
        int at = (int) (start() % capacity);
        int first = Math.min(old.length, capacity - at);
        System.arraycopy(old, 0, ring, at, first);
        System.arraycopy(old, first, ring, 0, old.length - first);
    }
}
