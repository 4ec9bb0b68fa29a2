/** The lab as its users have it: the real server, real sandboxes, a real Chromium. */
@NullMarked
package dev.nslab.browser;

import org.jspecify.annotations.NullMarked;
