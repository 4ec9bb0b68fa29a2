package dev.nslab.lab;

import dev.nslab.sandbox.EndReason;

/** What a caller finds when they ask for a lab by its id. */
public sealed interface LabLookup {

    /** The lab runs on this server, and the caller has the right that was asked for. */
    record Here(Lab lab) implements LabLookup {}

    /** The lab ended recently. */
    record Ended(EndReason why) implements LabLookup {}

    /** There is no such lab, or the caller does not have the right in it. The caller cannot tell which. */
    record None() implements LabLookup {}
}
