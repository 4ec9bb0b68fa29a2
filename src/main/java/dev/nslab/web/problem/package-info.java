/** Problems (RFC 9457): their types, and those of requests that reach no endpoint. */
@NamedInterface("problem")
@NullMarked
package dev.nslab.web.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
