package dev.nslab.lesson;

import java.util.Optional;

/** A {@link Template} in every language. */
record WordsTemplate(Template english, Template chinese) {

    Optional<Words> fill(Facts facts) {
        return english.fill(facts).flatMap(first -> chinese.fill(facts).map(second -> new Words(first, second)));
    }
}
