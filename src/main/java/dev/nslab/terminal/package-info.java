/**
 * Terminals: the PTY of a shell in a sandbox, what it printed last, and everybody who looks at it.
 *
 * <p>Knows no transport: WebSocket, HTTP and JSON are the matter of {@code lab}. The only user of pty4j.
 */
@ApplicationModule(allowedDependencies = {"linux", "sandbox"})
@NullMarked
package dev.nslab.terminal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
