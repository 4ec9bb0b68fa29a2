package dev.nslab.lab;

import dev.nslab.sandbox.EndReason;

/** What a caller finds who asks for a lab by its id. */
sealed interface LabLookup {

    /** It runs on this server, and the caller may do what they ask to. */
    record Here(Lab lab) implements LabLookup {}

    /** It ended lately. */
    record Ended(EndReason why) implements LabLookup {}

    /** There is none, or the caller may not do that in it: they cannot tell one from the other. */
    record None() implements LabLookup {}
}
