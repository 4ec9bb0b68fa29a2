package dev.nslab.catalogue;

import dev.nslab.lesson.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lesson in the catalogue. Sent as JSON without change.
 *
 * @param steps how many there are
 * @param passed how many of them the learner has passed
 * @param broken why it cannot be used; null if it can
 * @param lacking what the lesson requires but this lab was started without: "network-admin"
 */
public record CatalogueEntry(
        String id,
        int order,
        String title,
        String summary,
        @Nullable Integer minutes,
        int steps,
        int passed,
        @Nullable List<Fault> broken,
        List<String> lacking) {}
