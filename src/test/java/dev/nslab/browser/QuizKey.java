package dev.nslab.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The right choices of a lesson's quizzes, from its Markdown, because the page does not know them. */
final class QuizKey {
    private final List<String> lines;

    QuizKey(String lesson) {
        String resource = "/lessons/" + lesson + "/en.md";
        try (InputStream file = Objects.requireNonNull(QuizKey.class.getResourceAsStream(resource), resource)) {
            lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Integer> of(String quiz) {
        int begin = lines.indexOf("```quiz id=" + quiz);
        if (begin < 0) {
            throw new AssertionError("no quiz " + quiz);
        }
        List<Integer> right = new ArrayList<>();
        int choice = 0;
        for (String line : lines.subList(begin + 1, lines.size())) {
            if (line.startsWith("```")) {
                return right;
            }
            if (line.startsWith("- [x]")) {
                right.add(choice);
            }
            if (line.startsWith("- [")) {
                choice++;
            }
        }
        throw new AssertionError("the quiz " + quiz + " does not end");
    }
}
