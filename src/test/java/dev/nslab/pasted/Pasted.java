package dev.nslab.pasted;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command sequence as in tutorials, from src/test/resources/pasted. The README there says how they are written.
 *
 * @param file name without its ending, such as "mount"
 * @param needs what a sandbox must have for the sequence; empty if any will do
 * @param because why a sandbox's answer differs from that of a real machine; empty if it does not
 */
record Pasted(String file, String title, String needs, String because, List<Line> lines) {
    enum Kind {
        /** A line after which a prompt is waited for. */
        TYPED,
        /** A line after which nothing is waited for. */
        GOES_ON,
        KEY,
        /** The answer of a real machine. It is not played. */
        ELSEWHERE,
        ANSWER
    }

    record Line(Kind kind, String text) {
        static Line of(String line) {
            return switch (line) {
                case "^C", "^D", "^Z" -> new Line(Kind.KEY, Character.toString(line.charAt(1) - '@'));
                default ->
                    switch (line.substring(0, Math.min(2, line.length()))) {
                        case "$ " -> new Line(Kind.TYPED, line.substring(2));
                        case "> " -> new Line(Kind.GOES_ON, line.substring(2));
                        case "~ " -> new Line(Kind.ELSEWHERE, line.substring(2));
                        default -> new Line(Kind.ANSWER, line);
                    };
            };
        }
    }

    static Stream<Pasted> all() {
        try (Stream<Path> files = Files.list(
                Path.of(requireNonNull(Pasted.class.getResource("/pasted")).toURI()))) {
            return files
                    .filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(Pasted::of)
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Pasted> of(Path path) {
        String name = path.getFileName().toString().replace(".txt", "");
        try {
            return Stream.of(("\n" + Files.readString(path)).split("\n== ", -1))
                    .skip(1)
                    .map(text -> of(name, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pasted of(String file, String text) {
        List<Line> lines = new ArrayList<>();
        String needs = "";
        String because = "";
        List<String> all = text.lines().toList();
        for (String line : all.subList(1, all.size())) {
            if (line.startsWith("needs: ")) {
                needs = line.substring("needs: ".length());
            } else if (line.startsWith("because: ")) {
                because = line.substring("because: ".length());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(Line.of(line));
            }
        }
        return new Pasted(file, all.getFirst(), needs, because, List.copyOf(lines));
    }

    /** What is pasted, as people read it. */
    String commands() {
        return lines.stream()
                .filter(line -> line.kind() == Kind.TYPED)
                .map(Line::text)
                .reduce((one, other) -> one + "; " + other)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return file + ": " + title;
    }
}
