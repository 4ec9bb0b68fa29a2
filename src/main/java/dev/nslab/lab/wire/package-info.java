/** The messages that server and pages send each other about a lab, as JSON. */
@NullMarked
package dev.nslab.lab.wire;

import org.jspecify.annotations.NullMarked;
