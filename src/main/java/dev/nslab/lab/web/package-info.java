/** The endpoints of labs and lessons: REST and WebSockets. */
@NullMarked
package dev.nslab.lab.web;

import org.jspecify.annotations.NullMarked;
