package dev.nslab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** THIRD-PARTY.md, which is in the jar, names everything that is packed, with its version and licence. */
class ThirdPartyTests {

    /** How many there are at least. Otherwise an empty class path would pass. */
    private static final int LIBRARIES = 60;

    private final String document = read();

    @Test
    void eachJarThatIsPackedIsNamedWithItsLicence() throws IOException {
        List<String> jars = List.of(
                Files.readString(Path.of("target/packed-classpath")).strip().split(":"));

        assertThat(jars).hasSizeGreaterThan(LIBRARIES).allSatisfy(jar -> {
            Path version = Objects.requireNonNull(Path.of(jar).getParent());
            Path artifact = Objects.requireNonNull(version.getParent());
            assertThat(document)
                    .containsPattern("(?m)^\\| [\\w.-]+:" + artifact.getFileName() + " \\| \\Q" + version.getFileName()
                            + "\\E \\| [A-Z][\\w. -]+ \\| https?://\\S+ \\|$");
        });
    }

    @Test
    void eachPackageOfThePagesIsNamedWithItsLicenceAndItsText() throws IOException {
        JsonNode wanted = json("frontend/package.json").get("dependencies");
        JsonNode installed = json("frontend/package-lock.json").get("packages");

        assertThat(wanted.propertyNames()).isNotEmpty().allSatisfy(name -> {
            JsonNode entry = installed.get("node_modules/" + name);
            String heading = "### " + name + " " + entry.get("version").asString() + "\n\n"
                    + entry.get("license").asString() + ", https://";
            assertThat(document).containsPattern("\\Q" + heading + "\\E\\S+\n\n```text\n.*\\w");
        });
    }

    /** Packages that our package.json does not name: they are contained in the files of others, or others need them. */
    @Test
    void whatComesWithAnotherPackageIsNamedToo() {
        assertThat(Stream.of("js-base64", "lit-html", "@lit/reactive-element"))
                .allSatisfy(name -> assertThat(document).contains("### " + name + " "));
    }

    @Test
    void theLibraryThatTheHelperIsLinkedWithIsNamed() {
        assertThat(document).containsPattern("(?m)^glibc \\d+\\.\\d+, LGPL-2\\.1-or-later, ");
    }

    private static JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of(file)));
    }

    private static String read() {
        try (InputStream file = ThirdPartyTests.class.getResourceAsStream("/META-INF/THIRD-PARTY.md")) {
            return new String(
                    Objects.requireNonNull(file, "the build makes it").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
