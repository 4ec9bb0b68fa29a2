/** {@code ./lab bench}: how long things take as a client on this machine sees them, beside peers in the same run. */
@NullMarked
package dev.nslab.bench;

import org.jspecify.annotations.NullMarked;
