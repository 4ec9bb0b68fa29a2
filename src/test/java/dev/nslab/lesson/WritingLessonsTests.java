package dev.nslab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/LESSONS.md lists what expressions can ask for, and how. */
class WritingLessonsTests {

    private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\w+)$(.*?)(?=^##)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\| ([^|]+) \\|");

    @Test
    void eachFieldOfEachTypeIsDescribed() throws IOException {
        Map<String, Map<String, String>> described = SECTION.matcher(Files.readString(Path.of("docs/LESSONS.md")))
                .results()
                .collect(Collectors.toMap(section -> section.group(1), WritingLessonsTests::fields));
        // All its fields have the same type, which a table would say ten times.
        assertThat(described.remove(KernelTypes.INODES)).isEmpty();

        assertThat(described).hasSameSizeAs(known());
        known().forEach((type, fields) ->
                assertThat(described.get(type)).as(type).isEqualTo(fields));
    }

    @Test
    void eachInodeIsNamed() throws IOException {
        String section = Files.readString(Path.of("docs/LESSONS.md"))
                .split("### Inodes\n", 2)[1]
                .split(" are each an int", 2)[0];

        assertThat(names(section).toList()).containsExactlyInAnyOrderElementsOf(KernelTypes.INODE_FIELDS);
    }

    private static Map<String, String> fields(MatchResult section) {
        var fields = new TreeMap<String, String>();
        ROW.matcher(section.group(2))
                .results()
                .forEach(row -> names(row.group(1)).forEach(name -> fields.put(name, row.group(2))));
        return fields;
    }

    private static Stream<String> names(String text) {
        return Pattern.compile("`(\\w+)`").matcher(text).results().map(name -> name.group(1));
    }

    private static Map<String, Map<String, String>> known() {
        return new KernelTypes()
                .types().stream()
                        .filter(type -> !type.name().equals(KernelTypes.INODES))
                        .collect(Collectors.toMap(
                                CelType::name,
                                type -> ((StructType) type)
                                        .fields().stream()
                                                .collect(Collectors.toMap(
                                                        StructType.Field::name, field -> inWords(field.type())))));
    }

    private static String inWords(CelType type) {
        if (type instanceof NullableType nullable) {
            return inWords(nullable.targetType()) + " or null";
        }
        if (type instanceof ListType list) {
            return "list of " + inWords(list.elemType());
        }
        return type.name();
    }
}
