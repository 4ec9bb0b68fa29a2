/** For authors of lessons: checks lessons by playing them, and makes a skeleton of one. */
@ApplicationModule(
        allowedDependencies = {
            "account",
            "catalogue",
            "lab",
            "lesson",
            "limits",
            "linux",
            "namespace",
            "progress",
            "sandbox",
            "terminal"
        })
@NullMarked
package dev.nslab.authoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
