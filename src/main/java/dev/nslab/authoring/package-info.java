/** For authors of lessons: checks lessons by playing them, and makes a skeleton of one. */
@ApplicationModule(
        allowedDependencies = {
            "account",
            "catalogue",
            "lab",
            "lesson",
            "linux",
            "namespace",
            "progress",
            "sandbox",
            "sandbox :: limits",
            "terminal"
        })
@NullMarked
package dev.nslab.authoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
