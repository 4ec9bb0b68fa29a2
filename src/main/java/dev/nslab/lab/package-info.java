/**
 * A learner's running lab: a sandbox and its terminals; the REST and WebSocket endpoints that open, show and end it.
 *
 * <p>Whatever is asked for is looked up through the asker: what is not theirs is not found.
 */
@NullMarked
package dev.nslab.lab;

import org.jspecify.annotations.NullMarked;
