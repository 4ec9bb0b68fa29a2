/**
 * What became of system calls. Whoever hears of a call hears before it is made, and nothing of its result: {@link
 * dev.nslab.outcome.Outcomes} compares what was seen before it with what is seen after it.
 */
@NullMarked
package dev.nslab.outcome;

import org.jspecify.annotations.NullMarked;
