/** The kernel's vocabulary and the few system calls that the lab needs; the only user of JNA. Knows no Spring. */
@NullMarked
package dev.nslab.linux;

import org.jspecify.annotations.NullMarked;
