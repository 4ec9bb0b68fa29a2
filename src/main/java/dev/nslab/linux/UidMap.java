package dev.nslab.linux;

import java.util.ArrayList;
import java.util.List;

/** The uid map of a user namespace (/proc/PID/uid_map, user_namespaces(7)), with the reader's uids on the outside. */
public final class UidMap {

    /** What the kernel shows for a uid that has no mapping, by default (/proc/sys/kernel/overflowuid). */
    public static final long OVERFLOW_UID = 65534;

    /** {@code count} uids from {@code inside} on are outside those from {@code outside} on. */
    public record Extent(long inside, long outside, long count) {}

    private final List<Extent> extents;

    private UidMap(List<Extent> extents) {
        this.extents = extents;
    }

    /** What the text of a uid_map file says. */
    public static List<Extent> extents(String text) {
        return parse(ProcText.of(text)).extents;
    }

    static UidMap parse(ProcText text) {
        List<Extent> extents = new ArrayList<>();
        while (text.hasMore()) {
            Extent extent = new Extent(text.number(), text.number(), text.number());
            if (extent.count > 0) {
                extents.add(extent);
            }
            text.skipLine();
        }
        return new UidMap(List.copyOf(extents));
    }

    /** True before the map has been written, and when it could not be read. */
    public boolean isEmpty() {
        return extents.isEmpty();
    }

    /** The uid inside of one outside. */
    public long inside(long outside) {
        return extents.stream()
                .filter(extent -> outside >= extent.outside && outside - extent.outside < extent.count)
                .mapToLong(extent -> extent.inside + (outside - extent.outside))
                .findFirst()
                .orElse(OVERFLOW_UID);
    }
}
