/** The control groups of the sandboxes: one for all of them, one for each, and those that learners make below. */
@NullMarked
package dev.nslab.sandbox.cgroup;

import org.jspecify.annotations.NullMarked;
