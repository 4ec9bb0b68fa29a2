@NullMarked
package dev.nslab.lesson;

import org.jspecify.annotations.NullMarked;
