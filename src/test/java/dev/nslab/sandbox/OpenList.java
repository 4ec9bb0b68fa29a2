package dev.nslab.sandbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One of the lists in src/test/resources/closed of what is open in a sandbox. Each line is a {@link Word} and a thing.
 * Each number at its end is one thing: "may socket AF_INET SOCK_RAW 1-255".
 */
final class OpenList {
    /** If this property names a folder, the lists are written there as they are found, to be reviewed and committed. */
    static final String WRITE = "nslab.closed.write";

    enum Word {
        /** Programs need it, so it is a fault if it is closed. */
        MUST,
        /** It was open where the list was written. */
        MAY,
        /** It is open with other kernels or on other machines. These lines are written by hand, and kept. */
        ELSEWHERE,
        /**
         * It is closed, like everything that is not on the list. It is listed because it is well known, or was open
         * once.
         */
        CLOSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern RANGES = Pattern.compile("(.* )(\\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)*)");

    private final String name;
    private final List<String> comments;
    private final Map<String, Word> words = new TreeMap<>(OpenList::compare);

    private OpenList(String name, List<String> lines) {
        this.name = name;
        this.comments = lines.stream().filter(line -> line.startsWith("#")).toList();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            Word word = Word.valueOf(line.substring(0, space).toUpperCase(Locale.ROOT));
            things(line.substring(space + 1)).forEach(thing -> words.merge(thing, word, OpenList::twice));
        }
    }

    static OpenList of(String name) {
        return new OpenList(name, source(name).lines().toList());
    }

    static String source(String name) {
        try (InputStream in = OpenList.class.getResourceAsStream("/closed/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Word twice(Word first, Word second) {
        throw new AssertionError("a thing is on the list twice, as " + first + " and " + second);
    }

    /**
     * Fails, with the lines that would be right, unless exactly that was found open at each place which this list says.
     */
    void isWhatIsOpen(Map<String, String> foundByPlace) {
        Set<String> open = new TreeSet<>(OpenList::compare);
        Map<String, String> placesByFault = new LinkedHashMap<>();
        foundByPlace.forEach((place, found) -> {
            Set<String> here = new TreeSet<>(OpenList::compare);
            found.lines().forEach(line -> things(line).forEach(here::add));
            open.addAll(here);
            for (String fault : faults(here)) {
                placesByFault.merge(fault, place, (one, other) -> one + " and " + other);
            }
        });
        write(open);
        if (!placesByFault.isEmpty()) {
            throw new AssertionError(tell(placesByFault));
        }
    }

    private List<String> faults(Set<String> open) {
        String unlisted = lines(with(Word.MAY, open.stream().filter(this::isClosed)));
        String missing = lines(with(Word.MUST, needed().filter(thing -> !open.contains(thing))));
        return Stream.of(unlisted, missing).filter(fault -> !fault.isEmpty()).toList();
    }

    private String tell(Map<String, String> placesByFault) {
        return placesByFault.entrySet().stream()
                .map(fault -> "%s.txt is not what is so %s (may: open, must: closed):%n%s%n"
                        .formatted(name, fault.getValue(), fault.getKey()))
                .collect(joining("", "", "-D" + WRITE + "=src/test/resources/closed writes what is so."));
    }

    private boolean isClosed(String thing) {
        return words.getOrDefault(thing, Word.CLOSED) == Word.CLOSED;
    }

    private Stream<String> needed() {
        return words.keySet().stream().filter(thing -> words.get(thing) == Word.MUST);
    }

    private static Map<String, Word> with(Word word, Stream<String> things) {
        Map<String, Word> all = new TreeMap<>(OpenList::compare);
        things.forEach(thing -> all.put(thing, word));
        return all;
    }

    private void write(Set<String> open) {
        String folder = System.getProperty(WRITE);
        if (folder == null) {
            return;
        }
        Map<String, Word> anew = new TreeMap<>(OpenList::compare);
        anew.putAll(words);
        anew.replaceAll((thing, word) -> word == Word.MAY && !open.contains(thing) ? Word.CLOSED : word);
        for (String thing : open) {
            anew.merge(thing, Word.MAY, (old, may) -> old == Word.CLOSED ? may : old);
        }
        try {
            Files.writeString(
                    Path.of(folder, name + ".txt"), String.join("\n", comments) + "\n\n" + lines(anew) + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String lines(Map<String, Word> things) {
        Map<String, List<String>> numbers = new TreeMap<>(OpenList::compare);
        things.forEach((thing, word) -> {
            Matcher ranges = RANGES.matcher(thing);
            boolean numbered = ranges.matches();
            numbers.computeIfAbsent(
                            (numbered ? ranges.group(1) : thing + " ") + "\0" + word.text(), head -> new ArrayList<>())
                    .add(numbered ? ranges.group(2) : "");
        });
        return numbers.entrySet().stream()
                .map(line -> {
                    String[] head = line.getKey().split("\0", -1);
                    return (head[1] + " " + head[0] + ranges(line.getValue())).strip();
                })
                .collect(joining("\n"));
    }

    /** The things of a line: one for each number at its end. */
    private static Stream<String> things(String line) {
        Matcher ranges = RANGES.matcher(line);
        if (!ranges.matches()) {
            return Stream.of(line);
        }
        return Stream.of(ranges.group(2).split(",", -1))
                .flatMap(range -> numbers(range).mapToObj(number -> ranges.group(1) + number));
    }

    private static LongStream numbers(String range) {
        String[] ends = range.split("-", -1);
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    /** "1-3,7" for the sorted numbers 1, 2, 3 and 7. */
    private static String ranges(List<String> numbers) {
        if (numbers.getFirst().isEmpty()) {
            return "";
        }
        long[] all = numbers.stream().mapToLong(Long::parseLong).toArray();
        // In a run of consecutive numbers, each has the same distance from its index.
        Map<Long, List<Long>> runs = IntStream.range(0, all.length)
                .boxed()
                .collect(groupingBy(index -> all[index] - index, TreeMap::new, mapping(index -> all[index], toList())));
        return runs.values().stream()
                .map(run -> run.size() == 1 ? "" + run.getFirst() : run.getFirst() + "-" + run.getLast())
                .collect(joining(","));
    }

    private static final Pattern NUMBER = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

    /** Sorts as people do: 9 before 10. */
    private static int compare(String one, String other) {
        String[] left = NUMBER.split(one, -1);
        String[] right = NUMBER.split(other, -1);
        for (int index = 0; index < Math.min(left.length, right.length); index++) {
            int order = comparePart(left[index], right[index]);
            if (order != 0) {
                return order;
            }
        }
        return left.length == right.length ? one.compareTo(other) : left.length - right.length;
    }

    private static int comparePart(String left, String right) {
        boolean numbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return numbers ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : left.compareTo(right);
    }
}
