/**
 * Lessons: what they ask for, whether the kernel's state answers it, and how far a learner has come. Knows no web and no
 * terminal.
 */
@NullMarked
package dev.nslab.lesson;

import org.jspecify.annotations.NullMarked;
