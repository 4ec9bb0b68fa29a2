/** Finds out what this machine can give to sandboxes, by trying it out. */
@NullMarked
package dev.nslab.doctor;

import org.jspecify.annotations.NullMarked;
