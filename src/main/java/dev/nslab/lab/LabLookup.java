package dev.nslab.lab;

import dev.nslab.sandbox.EndReason;

/** What a caller finds when they ask for a lab by its id. */
public sealed interface LabLookup {

    /** It runs on this server, and the caller has the right that they need. */
    record Here(Lab lab) implements LabLookup {}

    /** It ended recently. */
    record Ended(EndReason why) implements LabLookup {}

    /** There is none, or the caller does not have the right in it: they cannot tell which. */
    record None() implements LabLookup {}
}
