package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parser of the helper's messages, fed with what no helper sends: real packets that were changed at random. */
class HelperMessageTests {
    private static final long SEED = 20260417;
    private static final int ROUNDS = 300_000;

    private static final List<String> TRUE_ONES = List.of(
            "started 42",
            "ready cgroup 4026531835 pid 4026532253 user 4026531837",
            "spawned 7 42",
            "looked 7 4026532253 lab 0\t0\t65536\n",
            "described 7 536870912 4026532253 4728 0 ",
            "described 7 1073741824 4026532254 4729 0 lo left",
            "described 7 131072 4026532255 4730 0 3 22\t1\t0:45\t/\t/mnt\trw\t-\ttmpfs\tx\trw\n",
            "held 7 42 5 fd uts:[4026532180] 42 6 socket net:[4026532181]",
            "traffic 7 0 2 1043 380 1 42 91232 377 4026532253 2664873 4026532254 -1",
            "quiet 7 7",
            "exited 42 9",
            "call 42 44 unshare 536870912 0 bash 4026532253 1795000000000000",
            "lost 17",
            "failed 7 28 open-terminal open a PTY");

    private final Random random = new Random(SEED);

    @Test
    void trueOnesAreUnderstood() {
        for (String message : TRUE_ONES) {
            assertThat(HelperMessage.parse(packet(message))).isNotNull();
        }
    }

    @Test
    void anythingIsUnderstoodOrRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] packet = packet(TRUE_ONES.get(random.nextInt(TRUE_ONES.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                packet = changed(packet);
            }
            parse(packet);
        }
    }

    private static byte[] packet(String words) {
        return (words.replace(' ', '\0') + '\0').getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] changed(byte[] packet) {
        int place = packet.length == 0 ? 0 : random.nextInt(packet.length);
        byte[] beginning = Arrays.copyOf(packet, place);
        byte[] rest = Arrays.copyOfRange(packet, place, packet.length);
        byte[] nines = "99999999999".substring(random.nextInt(11)).getBytes(StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(4)) {
            case 0 -> beginning;
            case 1 -> joined(beginning, packet);
            case 2 -> joined(joined(beginning, nines), rest);
            default -> joined(joined(beginning, new byte[] {(byte) random.nextInt(256)}), rest);
        };
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /**
     * Only these exceptions may be thrown, which HelperChannel takes for a refusal. After any other, the sandbox would
     * not be ended.
     */
    private static void parse(byte[] packet) {
        try {
            HelperMessage.parse(packet);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException refused) {
            // as it should be
        } catch (RuntimeException e) {
            fail("seed " + SEED + ", packet " + HexFormat.of().formatHex(packet), e);
        }
    }
}
