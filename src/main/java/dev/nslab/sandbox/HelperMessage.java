package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message from the helper; the C side is message.h. Every message is treated as hostile: a learner who has taken over
 * the sandbox's init could send anything.
 */
sealed interface HelperMessage {
    /** The longest time that a message may take to arrive. */
    Duration LONGEST_WAY = Duration.ofSeconds(10);

    /** The sandbox's init exists, with this PID of the server's namespace. */
    record Started(int pid) implements HelperMessage {}

    /** The sandbox is ready. Inodes of its namespaces, by the names in /proc/PID/ns. */
    record Ready(Map<String, Long> namespaces) implements HelperMessage {}

    /** Arrives together with the master of the PTY. */
    record Spawned(int tag, int pid) implements HelperMessage {}

    record Looked(int tag, long procPidNamespace, String hostname, String uidMap) implements HelperMessage {}

    /** Arrives together with the user namespace that owns it. */
    record Described(int tag, long cloneFlag, long inode, long id, long parent, List<String> facts)
            implements HelperMessage {
        public Described {
            boolean ofMounts = NamespaceType.ofCloneFlag(cloneFlag) == NamespaceType.MNT;
            if (ofMounts && (facts.size() != 2 || Integer.parseInt(facts.getFirst()) < 0)) {
                throw new IllegalArgumentException("mounts that are none");
            }
        }

        HeldNamespace toHeld(Fd owner) {
            return new HeldNamespace(cloneFlag, inode, orNull(id), orNull(parent), owner, facts);
        }

        private static @Nullable Long orNull(long number) {
            return number == 0 ? null : number;
        }
    }

    record Held(int tag, List<HeldFile> files) implements HelperMessage {}

    record Surveyed(int tag, Traffic traffic) implements HelperMessage {}

    /** How many links were taken down. */
    record Quieted(int tag, int links) implements HelperMessage {}

    record Exited(int pid, int status) implements HelperMessage {}

    /** With the two arguments that filter.c picks for this call. */
    record Called(
            int pid, int tid, String syscall, long first, long second, String command, long namespace, long micros)
            implements HelperMessage {
        /** @param heard when the message arrived; the init's own time is believed only if it is plausible */
        Call toCall(long id, Instant heard) {
            Instant said = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            Instant at = said.isAfter(heard) || said.isBefore(heard.minus(LONGEST_WAY)) ? heard : said;
            // Both are C ints: the kernel uses the lower half of the register.
            Call.Kill kill = syscall.equals("kill") ? new Call.Kill((int) first, Signals.name((int) second)) : null;
            return new Call(id, at, pid, tid, command, syscall, CallFlags.names(syscall, first), namespace, kill);
        }
    }

    record Lost(long count) implements HelperMessage {}

    /** With tag 0, the sandbox itself could not be started. */
    record Failed(int tag, int errno, HelperStep step, String words) implements HelperMessage {}

    /**
     * Reads one packet.
     *
     * @throws IllegalArgumentException or another RuntimeException of parsing for anything that message.h does not know
     */
    static HelperMessage parse(byte[] packet) {
        List<String> words = words(packet);
        return switch (words.getFirst()) {
            case "started" -> new Started(integer(words, 1));
            case "ready" -> new Ready(namespaces(words));
            case "spawned" -> new Spawned(integer(words, 1), integer(words, 2));
            case "looked" -> new Looked(integer(words, 1), number(words, 2), words.get(3), words.get(4));
            case "described" ->
                new Described(
                        integer(words, 1),
                        number(words, 2),
                        number(words, 3),
                        number(words, 4),
                        number(words, 5),
                        List.copyOf(words.subList(6, words.size())));
            case "held" -> new Held(integer(words, 1), heldFiles(words));
            case "traffic" -> new Surveyed(integer(words, 1), traffic(words));
            case "quiet" -> new Quieted(integer(words, 1), integer(words, 2));
            case "exited" -> new Exited(integer(words, 1), integer(words, 2));
            case "call" ->
                new Called(
                        integer(words, 1),
                        integer(words, 2),
                        words.get(3),
                        number(words, 4),
                        number(words, 5),
                        words.get(6),
                        number(words, 7),
                        number(words, 8));
            case "lost" -> new Lost(number(words, 1));
            case "failed" ->
                new Failed(integer(words, 1), integer(words, 2), HelperStep.parse(words.get(3)), words.get(4));
            default -> throw new IllegalArgumentException("unknown message of the helper");
        };
    }

    private static List<String> words(byte[] packet) {
        if (packet.length == 0 || packet[packet.length - 1] != 0) {
            throw new IllegalArgumentException("unfinished message of the helper");
        }
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < packet.length; end++) {
            if (packet[end] != 0) {
                continue;
            }
            words.add(new String(packet, start, end - start, StandardCharsets.UTF_8));
            start = end + 1;
        }
        return words;
    }

    private static Map<String, Long> namespaces(List<String> words) {
        Map<String, Long> namespaces = new LinkedHashMap<>();
        for (int index = 1; index + 1 < words.size(); index += 2) {
            namespaces.put(words.get(index), number(words, index + 1));
        }
        return Map.copyOf(namespaces);
    }

    private static List<HeldFile> heldFiles(List<String> words) {
        List<HeldFile> files = new ArrayList<>();
        for (int index = 2; index + 3 < words.size(); index += 4) {
            NamespaceId namespace = NamespaceId.parse(words.get(index + 3));
            if (namespace == null) {
                throw new IllegalArgumentException("no namespace: " + words.get(index + 3));
            }
            boolean socket = words.get(index + 2).equals("socket");
            files.add(new HeldFile(integer(words, index), integer(words, index + 1), socket, namespace));
        }
        return List.copyOf(files);
    }

    private static Traffic traffic(List<String> words) {
        List<Traffic.Router> routers = new ArrayList<>();
        int index = 7;
        for (int left = integer(words, 6); left > 0; left--, index += 3) {
            routers.add(new Traffic.Router(integer(words, index), number(words, index + 1), number(words, index + 2)));
        }
        Map<Long, Long> packets = new HashMap<>();
        for (; index + 1 < words.size(); index += 2) {
            packets.put(number(words, index), number(words, index + 1));
        }
        return new Traffic(integer(words, 2), number(words, 3), number(words, 4), number(words, 5), routers, packets);
    }

    private static long number(List<String> words, int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("short message of the helper");
        }
        return Long.parseLong(words.get(index));
    }

    private static int integer(List<String> words, int index) {
        return Math.toIntExact(number(words, index));
    }
}
