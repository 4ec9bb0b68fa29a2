package dev.nslab.sandbox.spec;

import dev.nslab.linux.Capabilities;
import dev.nslab.linux.Credentials;
import dev.nslab.linux.UidMap;
import dev.nslab.sandbox.spec.IdMap.Mapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Gives each sandbox ids of its own, so that to the kernel the learners' processes belong to different users. Host root
 * is never one of these ids.
 */
public final class IdMaps {
    /** How many ids a sandbox gets: as many as a Linux system customarily has, so that nobody (65534) is among them. */
    private static final int COUNT = 65536;

    /** In the range that systemd leaves to containers (systemd's UIDS-GIDS.md), far above the usual subuid ranges. */
    private static final int FIRST_OF_ROOT = 1_400_000_000;

    private final Mapper mapper;
    private final int uid;
    private final int gid;
    private final int count;
    private final int sandboxes;
    private final BitSet taken = new BitSet();

    private IdMaps(Mapper mapper, int uid, int gid, int count, int sandboxes) {
        this.mapper = mapper;
        this.uid = uid;
        this.gid = gid;
        this.count = count;
        this.sandboxes = sandboxes;
    }

    /** The best separation that this process may arrange for so many sandboxes. */
    public static IdMaps of(Credentials self, Path etc, Path proc, int sandboxes) {
        if (self.uid() == 0 && hasIdsOfRoot(proc, sandboxes)) {
            return new IdMaps(Mapper.ROOT, FIRST_OF_ROOT, FIRST_OF_ROOT, COUNT, sandboxes);
        }
        return subordinate(self, etc, proc, sandboxes)
                .orElseGet(() -> new IdMaps(Mapper.SINGLE, self.uid(), self.gid(), 1, sandboxes));
    }

    /** The root of a user namespace has few ids; host root, which is never mapped, has all. */
    private static boolean hasIdsOfRoot(Path proc, int sandboxes) {
        Range all = new Range(FIRST_OF_ROOT, COUNT * sandboxes);
        try {
            return all.isIn(UidMap.extents(Files.readString(proc.resolve("uid_map"))))
                    && all.isIn(UidMap.extents(Files.readString(proc.resolve("gid_map"))));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<IdMaps> subordinate(Credentials self, Path etc, Path proc, int sandboxes) {
        if (!installed("newuidmap") || !installed("newgidmap") || !mayRunThem(proc)) {
            return Optional.empty();
        }
        return range(etc.resolve("subuid"), self, proc.resolve("uid_map"))
                .flatMap(uids -> range(etc.resolve("subgid"), self, proc.resolve("gid_map"))
                        .flatMap(gids -> {
                            int each = Math.min(COUNT, Math.min(uids.count, gids.count) / sandboxes);
                            return each < 2
                                    ? Optional.empty()
                                    : Optional.of(
                                            new IdMaps(Mapper.SUBORDINATE, uids.first, gids.first, each, sandboxes));
                        }));
    }

    private static boolean installed(String program) {
        return List.of("/usr/bin", "/bin").stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static boolean mayRunThem(Path proc) {
        try {
            return Capabilities.mayChangeIdsByProgram(proc.resolve("status"));
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private record Range(int first, int count) {
        /** Whether these ids exist here at all: a container has only those that its own user namespace maps. */
        boolean isIn(List<UidMap.Extent> extents) {
            return extents.stream()
                    .anyMatch(extent ->
                            first >= extent.inside() && (long) first + count <= extent.inside() + extent.count());
        }
    }

    /** The user's first range in subuid(5) or subgid(5), whose lines are USER:FIRST:COUNT. */
    private static Optional<Range> range(Path file, Credentials self, Path ownMap) {
        try {
            List<UidMap.Extent> own = UidMap.extents(Files.readString(ownMap));
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 3
                            && (fields[0].equals(self.name()) || fields[0].equals(String.valueOf(self.uid()))))
                    .findFirst()
                    .map(fields -> new Range(Integer.parseInt(fields[1]), Integer.parseInt(fields[2])))
                    .filter(range -> range.isIn(own));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether no two sandboxes have an id in common. */
    public boolean areForEach() {
        return mapper != Mapper.SINGLE;
    }

    /** One map with the ids of all sandboxes, if these are neither the server's own nor under its control. */
    public Optional<IdMap> foreign() {
        return mapper == Mapper.SUBORDINATE
                ? Optional.of(new IdMap(mapper, uid, gid, count * sandboxes))
                : Optional.empty();
    }

    public synchronized IdMap take() {
        if (mapper == Mapper.SINGLE) {
            return new IdMap(mapper, uid, gid, count);
        }
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        return new IdMap(mapper, uid + slot * count, gid + slot * count, count);
    }

    public synchronized void giveBack(IdMap map) {
        if (mapper != Mapper.SINGLE) {
            taken.clear((map.uid() - uid) / count);
        }
    }
}
