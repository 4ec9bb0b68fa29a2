package dev.nslab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Nothing is packed in a version that advisories.yaml names, unless that file says why it does no harm. */
class AdvisoryTests {

    /** The class path has everything that is packed into the jar, one version of each, and the tests' own libraries. */
    private static final List<Jar> JARS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .flatMap(path -> Jar.of(path).stream())
            .toList();

    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,}");
    private static final int DAYS_UNTIL_OLD = 180;

    private record Jar(String group, String artifact, String version) {

        /** A path in Maven's local repository: the group as folders, then artifact/version/artifact-version.jar. */
        static List<Jar> of(String path) {
            String[] parts = path.split("/");
            int last = parts.length - 1;
            if (last < 3 || !parts[last].equals(parts[last - 2] + "-" + parts[last - 1] + ".jar")) {
                return List.of();
            }
            String group = String.join(".", List.of(parts).subList(0, last - 2));
            return List.of(new Jar(group, parts[last - 2], parts[last - 1]));
        }

        /** @param coordinates group:artifact or group:*; the folders before the group are where the repository is */
        boolean is(String coordinates) {
            int colon = coordinates.indexOf(':');
            String wanted = coordinates.substring(colon + 1);
            return ("." + group).endsWith("." + coordinates.substring(0, colon))
                    && (wanted.equals("*") || wanted.equals(artifact));
        }
    }

    private record Accepted(String version, String reason) {}

    private record Advisory(
            String id,
            List<String> artifacts,
            VersionRange affected,
            LocalDate published,
            String source,
            @Nullable Accepted accepted) {

        /** The jars that are affected and were not accepted. */
        List<String> found(List<Jar> jars) {
            return jars.stream()
                    .filter(jar -> artifacts.stream().anyMatch(jar::is))
                    .filter(jar -> affected.containsVersion(new DefaultArtifactVersion(jar.version)))
                    .filter(jar -> accepted == null || !accepted.version.equals(jar.version))
                    .map(jar -> jar.artifact + " " + jar.version + ": " + id + ", " + source)
                    .toList();
        }
    }

    private final Map<String, Object> list = read();
    private final List<Advisory> advisories = advisories(list);

    @Test
    void nothingThatIsPackedHasAKnownHole() {
        assertThat(advisories.stream().flatMap(advisory -> advisory.found(JARS).stream()))
                .as("take a newer version; if there is none, say in advisories.yaml why it does no harm")
                .isEmpty();
    }

    @Test
    void eachAdvisoryIsOfSomethingThatIsPacked() {
        assertThat(advisories).hasSizeGreaterThan(20).allSatisfy(advisory -> {
            assertThat(advisory.id).matches(CVE);
            assertThat(advisory.source).startsWith("https://");
            assertThat(advisory.published).isBeforeOrEqualTo(date(list.get("read")));
            assertThat(advisory.artifacts).allSatisfy(wanted -> assertThat(JARS).anyMatch(jar -> jar.is(wanted)));
        });
        assertThat(advisories).extracting(Advisory::id).doesNotHaveDuplicates();
    }

    /** An accepted advisory that no longer applies would hide the next one. */
    @Test
    void whatIsAcceptedIsPackedAndAffected() {
        assertThat(advisories)
                .filteredOn(advisory -> advisory.accepted != null)
                .isNotEmpty()
                .allSatisfy(advisory -> {
                    Accepted accepted = Objects.requireNonNull(advisory.accepted);
                    assertThat(accepted.reason).isNotBlank();
                    assertThat(JARS)
                            .anyMatch(jar -> jar.version.equals(accepted.version)
                                    && advisory.artifacts.stream().anyMatch(jar::is));
                    assertThat(advisory.affected.containsVersion(new DefaultArtifactVersion(accepted.version)))
                            .isTrue();
                });
    }

    @Test
    void anAffectedVersionIsFound() throws InvalidVersionSpecificationException {
        String repository = "/home/x/.m2/repository/org/apache/tomcat/embed/tomcat-embed-core/";
        Advisory hole = advisory("(,9.0.1),[11.0.0-M1,11.0.27]", null);
        Advisory accepted = advisory("[11.0.0-M1,11.0.27]", new Accepted("11.0.27", "none"));
        for (String version : List.of("11.0.0-M1", "11.0.9", "11.0.27", "9.0.0.M1", "8.5.100")) {
            List<Jar> jars = Jar.of(repository + version + "/tomcat-embed-core-" + version + ".jar");
            assertThat(hole.found(jars)).singleElement().asString().contains(version, "CVE-2026-1");
            assertThat(accepted.found(jars)).hasSize(version.startsWith("11") && !version.endsWith("27") ? 1 : 0);
        }
        for (String version : List.of("11.0.28", "11.0.100", "11.1.0-M1", "9.0.1", "10.1.5")) {
            assertThat(hole.found(Jar.of(repository + version + "/tomcat-embed-core-" + version + ".jar")))
                    .isEmpty();
        }
        assertThat(hole.found(Jar.of("/r/org/other/tomcat-embed-core/11.0.1/tomcat-embed-core-11.0.1.jar")))
                .isEmpty();
    }

    /** This only warns, because a build of the same sources must not fail depending on the day. */
    @Test
    void theListIsNotOld() {
        LocalDate read = date(list.get("read"));
        if (read.isBefore(LocalDate.now(ZoneId.systemDefault()).minusDays(DAYS_UNTIL_OLD))) {
            System.out.println("[WARNING] src/test/resources/advisories.yaml was read on " + read
                    + ": look for newer ones, see docs/OPERATING.md");
        }
        assertThat(read).isAfter(LocalDate.of(2026, 1, 1));
    }

    private static Advisory advisory(String affected, @Nullable Accepted accepted)
            throws InvalidVersionSpecificationException {
        return new Advisory(
                "CVE-2026-1",
                List.of("org.apache.tomcat.embed:*"),
                VersionRange.createFromVersionSpec(affected),
                LocalDate.EPOCH,
                "https://example.org",
                accepted);
    }

    private static Map<String, Object> read() {
        try (InputStream file = AdvisoryTests.class.getResourceAsStream("/advisories.yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Advisory> advisories(Map<String, Object> list) {
        List<Advisory> advisories = new ArrayList<>();
        for (Object entry : (List<?>) Objects.requireNonNull(list.get("advisories"))) {
            advisories.add(advisory((Map<?, ?>) entry));
        }
        return advisories;
    }

    private static Advisory advisory(Map<?, ?> entry) {
        try {
            return new Advisory(
                    text(entry, "id"),
                    ((List<?>) Objects.requireNonNull(entry.get("artifacts")))
                            .stream().map(String::valueOf).toList(),
                    VersionRange.createFromVersionSpec(text(entry, "affected")),
                    date(entry.get("published")),
                    text(entry, "source"),
                    entry.get("accepted") instanceof Map<?, ?> accepted
                            ? new Accepted(text(accepted, "version"), text(accepted, "reason"))
                            : null);
        } catch (InvalidVersionSpecificationException e) {
            throw new AssertionError(text(entry, "id"), e);
        }
    }

    private static String text(Map<?, ?> entry, String key) {
        return String.valueOf(Objects.requireNonNull(entry.get(key), key));
    }

    private static LocalDate date(@Nullable Object value) {
        return ((Date) Objects.requireNonNull(value, "a date"))
                .toInstant()
                .atZone(ZoneId.of("UTC"))
                .toLocalDate();
    }
}
