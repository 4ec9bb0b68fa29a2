/** A self-hosted web lab in which people learn Linux namespaces by doing. */
@NullMarked
package dev.nslab;

import org.jspecify.annotations.NullMarked;
