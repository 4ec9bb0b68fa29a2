package dev.nslab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Chinese texts use the terms of docs/GLOSSARY.md. */
class GlossaryTests {

    private static final Path LESSONS = Path.of("src/main/resources/lessons");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private static final Pattern SLANTED = Pattern.compile("(?<![*/\\w])\\*(?![*\\s])[^*]+(?<!\\s)\\*(?!\\*)");

    @Test
    void everyTextUsesTheTermsOfTheGlossary() throws IOException {
        List<String[]> rows = rows();
        List<String> unused = rows.stream()
                .flatMap(row -> QUOTED.matcher(row[4]).results().map(found -> found.group(1)))
                .toList();
        assertThat(unused).contains("主机", "日期时间");
        Pattern longest = Pattern.compile(Stream.concat(
                        unused.stream(),
                        rows.stream().flatMap(row -> Stream.of(row[2].strip().split("、", -1))))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
        List<Path> texts = texts();
        assertThat(texts).hasSizeGreaterThan(30).anyMatch(path -> path.endsWith("messages-zh.ts"));
        assertThat(found(
                        texts,
                        line -> longest.matcher(line)
                                .results()
                                .map(MatchResult::group)
                                .filter(unused::contains)))
                .isEmpty();
    }

    @Test
    void nothingIsSlanted() throws IOException {
        List<Path> texts =
                texts().stream().filter(path -> path.endsWith("zh-CN.md")).toList();
        assertThat(texts).hasSizeGreaterThan(10);
        assertThat(SLANTED.matcher("那么*第二个*终端").find()).isTrue();
        assertThat(found(
                        texts,
                        line -> SLANTED.matcher(QUOTED.matcher(line).replaceAll("`"))
                                .results()
                                .map(MatchResult::group)))
                .isEmpty();
    }

    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/GLOSSARY.md")).stream()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split("\\|", 6))
                .toList();
    }

    private static List<Path> texts() throws IOException {
        try (Stream<Path> lessons = Files.walk(LESSONS);
                Stream<Path> messages = Files.walk(Path.of("frontend/src"))) {
            return Stream.of(
                            lessons.filter(path -> path.endsWith("zh-CN.md") || path.endsWith("lesson.yaml")),
                            messages.filter(
                                    path -> path.getFileName().toString().matches("messages.*zh\\.ts")),
                            Stream.of(
                                    Path.of("README.zh-CN.md"),
                                    Path.of("src/main/resources/messages_zh_CN.properties"),
                                    Path.of("src/main/resources/lesson-skeleton/zh-CN.md"),
                                    Path.of("src/main/resources/lesson-skeleton/lesson.yaml"),
                                    Path.of("src/main/resources/sandbox/hints"),
                                    Path.of("src/main/resources/sandbox/sudo")))
                    .flatMap(paths -> paths)
                    .sorted()
                    .toList();
        }
    }

    /** What is found in Chinese lines, with file and line. */
    private static List<String> found(List<Path> texts, Function<String, Stream<String>> find) throws IOException {
        List<String> all = new ArrayList<>();
        for (Path text : texts) {
            List<String> lines = Files.readAllLines(text);
            for (int index = 0; index < lines.size(); index++) {
                String place = text + ":" + (index + 1) + ": ";
                if (HAN.matcher(lines.get(index)).find()) {
                    find.apply(lines.get(index)).forEach(what -> all.add(place + what));
                }
            }
        }
        return all;
    }
}
