/** What a sandbox may use of the machine, and what all of them may use together. */
@NamedInterface("limits")
@NullMarked
package dev.nslab.sandbox.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
