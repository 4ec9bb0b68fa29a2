/**
 * Lessons: what they ask for, whether the kernel's state meets it, and how far a learner has come. This package knows
 * of no web and no terminal.
 */
@NullMarked
package dev.nslab.lesson;

import org.jspecify.annotations.NullMarked;
