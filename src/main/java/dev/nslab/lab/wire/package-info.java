/** What a lab's pages are told and say, as JSON. */
@NullMarked
package dev.nslab.lab.wire;

import org.jspecify.annotations.NullMarked;
