package dev.nslab.lesson;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What parsers say, in sentences for authors. CEL, ANTLR and SnakeYAML give no codes, only English. It is read nowhere
 * but here, and passed on unchanged where it is not known here.
 */
public final class Complaint {

    private static final String UNDECLARED = "(undeclared reference to '.*?') \\(in container ''\\).*";

    private static final Pattern IS_UNDECLARED = Pattern.compile(UNDECLARED, Pattern.DOTALL);

    /** What a parser says, and what is said instead; the first match counts. */
    private static final Map<Pattern, String> SENTENCES = new LinkedHashMap<>();

    static {
        say("(?:mismatched|extraneous) input '<EOF>'.*", "it ends too early");
        say("(?:mismatched|extraneous) input '(.*?)' expecting.*", "\"$1\" cannot stand here");
        say("no viable alternative at input '(.*?)'.*", "\"$1\" cannot stand here");
        say("token recognition error at: '(.*?)'.*", "\"$1\" is no part of the language");
        say("missing '(.*?)' at '<EOF>'.*", "\"$1\" is missing at the end");
        say("missing '(.*?)' at '(.*?)'.*", "\"$1\" is missing before \"$2\"");
        say("found no matching overload for '_?(.*?)_?' applied to '\\((.*?)\\)'.*", "\"$1\" does not go with $2");
        say(UNDECLARED, "$1");
        say("expected <block end>, but found.*", "this line is indented otherwise than those that it belongs to");
        say("expected (?:',' or '([]}])'), but (?:got|found).*", "\",\" or \"$1\" is missing before this");
        say("mapping values are not allowed here.*", "a colon cannot stand here: put the text between quotes");
        say(
                "found character '(.*?)'.* that cannot start any token.*",
                "no value can begin with \"$1\": put it between quotes");
        say("could not find expected ':'.*", "a colon is missing: each line here is \"key: value\"");
        say("found unexpected end of stream.*", "a quote is not closed");
    }

    private Complaint() {}

    private static void say(String said, String instead) {
        SENTENCES.put(Pattern.compile(said, Pattern.DOTALL), instead);
    }

    /** Whether the message is about an unknown name. */
    static boolean isOfUnknownName(String said) {
        return IS_UNDECLARED.matcher(said).matches();
    }

    public static String of(String said) {
        for (Map.Entry<Pattern, String> sentence : SENTENCES.entrySet()) {
            Matcher matcher = sentence.getKey().matcher(said);
            if (matcher.matches()) {
                return matcher.replaceAll(sentence.getValue());
            }
        }
        return said;
    }

    /**
     * What a parser said, as a sentence.
     *
     * @param column from 1
     */
    public static String of(String said, int column, String line) {
        return of(said) + ", at column " + column + " of \"" + line.strip() + "\"";
    }
}
