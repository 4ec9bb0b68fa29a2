package dev.nslab.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {{expressions}}, which are replaced by their values. */
public final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.+?)}}", Pattern.DOTALL);

    private final String text;
    private final List<Expression> expressions;

    /** @param expressions one for each placeholder, in their order */
    Template(String text, List<Expression> expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    /** The texts between the braces, each with its place in the file. */
    public static List<Passage> placeholders(Passage text) {
        List<Passage> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text.text());
        while (matcher.find()) {
            int lines = (int) text.text().substring(0, matcher.start()).lines().count() - 1;
            found.add(text.with(matcher.group(1).strip()).below(Math.max(lines, 0)));
        }
        return found;
    }

    public List<Expression> expressions() {
        return expressions;
    }

    /** Empty while one of the values is not known. */
    public Optional<String> fill(ExpressionInput facts) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        for (Expression expression : expressions) {
            Optional<String> value = expression.text(facts);
            if (value.isEmpty() || !matcher.find()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
