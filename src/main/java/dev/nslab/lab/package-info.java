/**
 * A learner's running lab: a sandbox and its terminals; the REST and WebSocket endpoints that open, show and end it.
 *
 * <p>Everything is looked up through the caller: what a caller has no right to is not found.
 */
@NullMarked
package dev.nslab.lab;

import org.jspecify.annotations.NullMarked;
