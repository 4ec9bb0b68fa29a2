package dev.nslab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Language;
import dev.nslab.lesson.Passage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A good lesson in which one thing is made wrong. The fault names file, line and reason. */
class BrokenLessonTests {

    private static final LessonFolder GOOD = new LessonsFolder(Path.of("src/test/resources/own-lessons/trial"))
            .read()
            .getFirst();
    private static final LessonReader READER = new LessonReader();

    @Test
    void theLessonThatIsMadeWrongIsGood() {
        assertThat(READER.read(GOOD)).isInstanceOf(Reading.Good.class);
    }

    /**
     * What to replace by what ("⏎" is a line break), and how many lines below the beginning of the replacement the
     * fault is ("=1" for the first line of the file, "-" for no line).
     */
    @ParameterizedTest(name = "{4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                // YAML and the schema
                "lesson.yaml | steps: [read     | steps: [read: [         | 0 | not YAML",
                "lesson.yaml | minutes: 3       | minuts: 3               | 0 | there is no key \"minuts\"",
                "lesson.yaml | minutes: 3       | minutes: soon           | 0 | integer",
                "lesson.yaml | order: 7         | orden: 7 | =1 | order",
                "lesson.yaml | order: 7         | order: 7⏎order: 8       | 1 | \"order\" is there twice",
                "lesson.yaml | id: trial        | id: other               | 0 | must be the folder's name, \"trial\"",
                "lesson.yaml | steps: [read, make | steps: [make, make    | 0 | two steps \"make\"",
                "lesson.yaml | solve: [\"unshare -u bash\"] | ''          | -7 | solve",
                "lesson.yaml | mode: level      | mode: levle             | 0 | enumeration",
                "lesson.yaml | zh-CN: \"那不是 -u。\" | zh: \"那不是 -u。\" | 0 | zh",
                "lesson.yaml | type: \"kill -9 {{own[0].pid}}\" | typ: \"kill\" | 0 | there is no key \"typ\"",
                "lesson.yaml | type: \"kill -9 {{own[0].pid}}\" | type: x, interrupt: true | 0 | one of \"type\", \"interrupt\" and \"await\"",
                "lesson.yaml | needs: [own]⏎    mode | needs: &all [own]⏎    hints: *all⏎    mode | 0 | aliases",
                // Checks
                "lesson.yaml | find: processes  | when: processes         | 0 | must result in true or false (bool)",
                "lesson.yaml | find: processes.filter(p, p.namespaces.uts != root.uts && p.command == \"bash\") | find: namespaces | 0 | a list of processes",
                "lesson.yaml | mode: level      | find: processes         | -2 | either \"find\" or \"when\"",
                "lesson.yaml | needs: [own]⏎    mode | needs: [owm]⏎    mode | 0 | needs \"owm\", which is no other check",
                "lesson.yaml | needs: [own]⏎    mode | needs: [renamed]⏎    mode | 0 | needs \"renamed\", which is no other check",
                "lesson.yaml | needs: [own]⏎    mode | needs: [own, gone]⏎    mode | 0 | needs a check that comes in a later step",
                "lesson.yaml | needs: [own]⏎    mode | mode | 1 | undeclared reference to 'own'",
                "lesson.yaml | '  gone:'        | '  events:'             | 0 | that name has a meaning",
                "lesson.yaml | '  gone:'        | '  left:'               | 0 | no ```check left``` block shows",
                "lesson.yaml | hint: other      | hint: another           | 0 | has no hint with this id: another",
                "lesson.yaml | - id: other      | - id: other⏎        when: \"true\"⏎        text: {en: x, zh-CN: x}⏎      - id: other | 3 | two hints with this id: other",
                "lesson.yaml | play: [\"unshare -u h | plai: [\"unshare -u h | 0 | there is no key \"plai\"",
                "lesson.yaml | [[\"unshare --uts bash\"]] | [[{type: x, await: y}]] | 0 | one of \"type\", \"interrupt\" and \"await\"",
                "lesson.yaml | order: 7         | order: @7               | 0 | no value can begin with \"@\": put it between quotes, at column 8 of \"order: @7\"",
                "lesson.yaml | order: 7         | order: a: b             | 0 | a colon cannot stand here",
                "lesson.yaml | minutes: 3       | ' minutes: 3'           | 0 | at column",
                // CEL
                "lesson.yaml | root.uts         | root.uts ==             | 0 | cannot stand here",
                "lesson.yaml | root.uts         | #root.uts               | 0 | column",
                "lesson.yaml | '\"bash\")'      | '\"bash\"'             | 0 | \")\" is missing at the end, at column 72 of",
                "lesson.yaml | p.command == \"bash\" | p.command == 1     | 0 | \"==\" does not go with string, int, at column",
                "lesson.yaml | p.command == \"bash\" | p.comand == \"bash\" | 0 | undefined field 'comand'",
                "lesson.yaml | root.uts         | root.utz                | 0 | undefined field 'utz'",
                "lesson.yaml | processes.filter | proceses.filter         | 0 | known here are processes, namespaces, events, mounts, root",
                "lesson.yaml | size(processes)  | szie(processes)         | 0 | undeclared reference to 'szie'",
                "lesson.yaml | {{size(processes)}} | {{processes}}        | 0 | must result in a number or a text",
                "lesson.yaml | events.exists(e  | events.exsts(e          | 0 | undeclared reference",
                // Files and sections
                "en.md       | ## Rename        | ### Rename              | - | 3 headings (## …), but lesson.yaml has 4 steps",
                "zh-CN.md    | ## 读            | ## 读⏎⏎## 又            | - | 5 headings",
                "en.md       | # A trial        | A trial                 | 0 | must begin with a title",
                "en.md       | For the tests alone. | ''                  | -2 | a paragraph that says what the lesson is about",
                "en.md       | ## Rename        | # Rename                | 0 | one # title, at the beginning",
                // Blocks
                "en.md       | check own        | check owm               | 0 | there is no check \"owm\"",
                "en.md       | check renamed    | check own               | 0 | shown already",
                "zh-CN.md    | ```run⏎unshare -u bash⏎``` | ''             | 2 | here check own",
                "zh-CN.md    | run terminal=2   | run terminal=3          | 0 | there it has run terminal=2, here run terminal=3",
                "en.md       | run terminal=2   | run termnal=2           | 0 | must be: run, run terminal=2",
                "en.md       | unshare -u bash  | ''                      | -1 | nothing to type",
                "en.md       | {{own[0].pid}}   | {{own[0].pidd}}         | 0 | undefined field 'pidd'",
                "en.md       | A shell of its own. | A shell: {{own[0].pid}} | 0 | filled in run blocks only",
                "en.md       | answer=string(size(own[0].pids)) | answer=string(size(own[0].pids) | 0 | \")\" is missing at the end",
                "en.md       | answer=string(size(own[0].pids)) | answer=own | 0 | a number or a text",
                "zh-CN.md    | after=own        | after=gone              | 0 | there it has predict id=depth after=own",
                "en.md       | predict id=depth | predict                 | 0 | must be: predict id=NAME",
                "en.md       | - [x] To see     | - [ ] To see            | -4 | with \"- [x]\" before each that is right",
                "en.md       | - [ ] No reason  | - No reason             | 0 | each choice of a quiz begins with",
                "zh-CN.md    | - [ ] 没有原因   | - [x] 没有原因          | -3 | right are [1], here",
                "zh-CN.md    | > 就是这样。     | ''                      | -6 | an explanation (> …) in one language only",
                // Markup
                "en.md       | 1 < 2            | <script>alert(1)</script> | 0 | HTML is not rendered: <script>",
                "en.md       | 1 < 2            | ⏎⏎<div onclick=x>⏎</div> | 2 | HTML is not rendered: <div onclick=x>",
                "en.md       | A shell of its own. | <img src=x onerror=y> | 0 | HTML is not rendered",
                "en.md       | 1 < 2            | [a](javascript:alert(1)) | 0 | this kind of link is not allowed: javascript:",
                "en.md       | 1 < 2            | [a](DATA:text/html,x)   | 0 | this kind of link is not allowed",
                "en.md       | 1 < 2            | ![a](http://x/y.png)    | 0 | pictures cannot be shown",
                "en.md       | 1 < 2            | ⏎⏎- ```run⏎  ls⏎  ```   | 2 | cannot stand inside a list",
            })
    void isNamed(String file, String good, String bad, String line, String reason) {
        LessonFolder broken = with(GOOD, file, lines(good), lines(bad));
        assertThat(faults(broken)).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(file);
            assertThat(fault.reason()).contains(reason);
            assertThat(fault.line()).isEqualTo(expected(line, file, good));
        });
    }

    /** The order of a block's head does not matter, nor does a byte order mark at the beginning of a file. */
    @Test
    void whatIsRightInAnotherWayIsNoFault() {
        LessonFolder other = GOOD;
        for (Language language : Language.values()) {
            other = with(
                    other,
                    language.fileName(),
                    "predict id=depth after=own answer=string(size(own[0].pids))",
                    "predict answer=string(size(own[0].pids)) after=own id=depth");
            other = with(other, language.fileName(), "# ", "\uFEFF# ");
        }
        other = with(other, "lesson.yaml", "id: trial", "\uFEFFid: trial");
        Reading reading = READER.read(other);
        assertThat(reading).isInstanceOf(Reading.Good.class);
        assertThat(((Reading.Good) reading).lesson().step("make").orElseThrow().predictions())
                .singleElement()
                .satisfies(question -> {
                    assertThat(question.id()).isEqualTo("depth");
                    assertThat(question.after()).isEqualTo("own");
                    assertThat(question.answer()).hasToString("string(size(own[0].pids))");
                });
    }

    @Test
    void filesThatAreMissingAreNamed() {
        for (String file : GOOD.files().keySet()) {
            Map<String, String> files = new HashMap<>(GOOD.files());
            files.remove(file);
            Reading reading = READER.read(new LessonFolder("trial", files));
            assertThat(((Reading.Broken) reading).faults())
                    .anyMatch(
                            fault -> fault.file().equals(file) && fault.reason().contains("missing"));
        }
    }

    @Test
    void checksThatNeedEachOtherAreNamed() {
        LessonFolder twins = GOOD;
        for (Language language : Language.values()) {
            twins = with(twins, language.fileName(), "```check own", "```check twin\n```\n\n```check own");
        }
        twins = with(twins, "lesson.yaml", "    find: ", "    needs: [twin]\n    find: ");
        twins = with(
                twins, "lesson.yaml", "  renamed:", "  twin: {needs: [own], when: \"true\", solve: []}\n  renamed:");
        assertThat(faults(twins).toString()).contains("\"own\" needs itself, by way of [twin]");
    }

    @Test
    void aPredictionThatWaitsForALaterCheckIsNamed() {
        LessonFolder late = GOOD;
        for (Language language : Language.values()) {
            late = with(late, language.fileName(), "after=own", "after=gone");
        }
        assertThat(faults(late).toString()).contains("after=gone: there is no such check in this step or before it");
    }

    @Test
    void markupIsHarmlessEvenSo() {
        String html = new Markdown()
                .html(
                        new Passage(
                                "<script>x</script>\n\n[a](javascript:x) ![b](javascript:y) <b onclick=z>", "en.md", 1),
                        new Faults());
        assertThat(html).doesNotContain("<script").doesNotContain("javascript:").doesNotContain("<b ");
    }

    private static @Nullable Integer expected(String line, String file, String good) {
        if (line.equals("-")) {
            return null;
        }
        if (line.startsWith("=")) {
            return Integer.valueOf(line.substring(1));
        }
        int place = text(file).indexOf(lines(good));
        String above = text(file).substring(0, place);
        return 1
                + Integer.parseInt(line)
                + (int) above.chars().filter(letter -> letter == '\n').count();
    }

    private static String text(String file) {
        return Objects.requireNonNull(GOOD.files().get(file));
    }

    private static List<Fault> faults(LessonFolder folder) {
        Reading reading = READER.read(folder);
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).faults();
    }

    private static LessonFolder with(LessonFolder folder, String file, String good, String bad) {
        Map<String, String> files = new HashMap<>(folder.files());
        assertThat(files.get(file)).contains(good);
        files.computeIfPresent(
                file, (_, text) -> text.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)));
        return new LessonFolder(folder.name(), files);
    }

    /** Quotes preserve spaces. */
    private static String lines(String text) {
        boolean quoted = text.startsWith("'") && text.endsWith("'");
        return (quoted ? text.substring(1, text.length() - 1) : text).replace("⏎", "\n");
    }
}
