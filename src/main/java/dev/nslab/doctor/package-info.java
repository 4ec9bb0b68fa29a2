/** Finds out what this machine gives to sandboxes, by trying it. */
@NullMarked
package dev.nslab.doctor;

import org.jspecify.annotations.NullMarked;
