package dev.nslab.lesson;

import java.util.Optional;

/** A {@link Template} in every language. */
public record LocalizedTemplate(Template english, Template chinese) {

    public Optional<LocalizedText> fill(ExpressionInput facts) {
        return english.fill(facts)
                .flatMap(first -> chinese.fill(facts).map(second -> new LocalizedText(first, second)));
    }
}
