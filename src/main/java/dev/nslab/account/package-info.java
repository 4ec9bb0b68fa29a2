/** Who is asking. In personal mode: the one person at this machine, unless a cookie names somebody else. */
@ApplicationModule(allowedDependencies = {"exposure"})
@NullMarked
package dev.nslab.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
