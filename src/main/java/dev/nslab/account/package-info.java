/** Who is asking. In personal mode: the one person at this machine, unless a cookie names somebody else. */
@NullMarked
package dev.nslab.account;

import org.jspecify.annotations.NullMarked;
