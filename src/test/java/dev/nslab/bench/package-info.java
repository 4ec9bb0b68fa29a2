/** {@code ./lab bench}: how long things take for a client on this machine, compared with peers in the same run. */
@NullMarked
package dev.nslab.bench;

import org.jspecify.annotations.NullMarked;
