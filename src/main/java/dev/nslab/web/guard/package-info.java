/** What every request passes first: its Host and Origin, its size, the headers of its answer. */
@NullMarked
package dev.nslab.web.guard;

import org.jspecify.annotations.NullMarked;
