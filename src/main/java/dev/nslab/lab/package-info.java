/**
 * A learner's running lab: a sandbox, its terminals and the lesson that is followed in it; the REST and WebSocket endpoints that
 * open, show and end it.
 *
 * <p>Everything is looked up through the caller: what a caller has no right to is not found.
 */
@ApplicationModule(
        allowedDependencies = {
            "account",
            "catalogue",
            "lesson",
            "limits",
            "linux",
            "namespace",
            "observation",
            "outcome",
            "progress",
            "sandbox",
            "scan",
            "terminal",
            "web",
            "web :: problem"
        })
@NullMarked
package dev.nslab.lab;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
