/** The lessons there are: reads their folders of YAML and Markdown, and names each fault with its file and line. */
@ApplicationModule(allowedDependencies = {"lesson"})
@NullMarked
package dev.nslab.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
