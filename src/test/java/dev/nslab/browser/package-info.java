/** The lab as its users see it: the real server, real sandboxes, a real Chromium. */
@NullMarked
package dev.nslab.browser;

import org.jspecify.annotations.NullMarked;
