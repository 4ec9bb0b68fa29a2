package dev.nslab.lesson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The faults that were found while a lesson was read. Reading goes on after each, so that an author learns of all at
 * once.
 */
public final class Faults {

    private final List<Fault> found = new ArrayList<>();

    public void add(Passage where, String reason) {
        found.add(new Fault(where.file(), where.line(), reason));
    }

    public void add(String file, String reason) {
        found.add(new Fault(file, null, reason));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Fault> inOrder() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Fault::file)
                        .thenComparingInt(fault -> fault.line() == null ? 0 : fault.line()))
                .toList();
    }
}
