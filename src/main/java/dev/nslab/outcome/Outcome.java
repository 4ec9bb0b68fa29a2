package dev.nslab.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.linux.Mount;
import org.jspecify.annotations.Nullable;

/**
 * What a call achieved. Sent as JSON without change.
 *
 * @param event id of the call
 * @param outcome "mounted", "unmounted", "remounted" (options or propagation changed), "pivoted", "joined" (the caller
 *     or its children are in other namespaces), "named" (the host), "ended" (the target of kill is gone); "none" if
 *     everything has settled and no effect shows
 * @param point mount point of what was mounted, unmounted or remounted, as a path from the root of its mount namespace
 * @param fileSystem type of what was mounted
 * @param source of what was mounted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        long event,
        String outcome,
        @Nullable String point,
        @Nullable String fileSystem,
        @Nullable String source) {

    static Outcome of(Pending pending, String outcome) {
        return new Outcome(pending.call().id(), outcome, null, null, null);
    }

    static Outcome none(Pending pending) {
        return of(pending, "none");
    }

    static Outcome at(Pending pending, String outcome, Mount mount) {
        return new Outcome(pending.call().id(), outcome, mount.point(), null, null);
    }

    static Outcome mounted(Pending pending, Mount mount) {
        return new Outcome(pending.call().id(), "mounted", mount.point(), mount.type(), mount.source());
    }
}
