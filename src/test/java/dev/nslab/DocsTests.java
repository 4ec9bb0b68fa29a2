package dev.nslab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.web.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The documents, compared with the code as far as a program can do it. */
class DocsTests {

    /**
     * A row of a table whose first column is a name, and whose second one is short, such as its default or its status.
     */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.-]+)` \\| ([^|]*) \\|");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void eachSettingStandsInTheReadmeWithItsDefault(String readme) {
        Map<String, String> documented = rows(text(readme));
        assertThat(documented.remove("server.port")).isEqualTo(yaml().get("server.port"));

        assertThat(documented.keySet())
                .containsExactlyInAnyOrderElementsOf(settings().keySet());
        settings()
                .forEach((name, value) ->
                        assertThat(documented.get(name)).as(name).isEqualTo(value));
    }

    @Test
    void whatOperatingSaysOfDefaultsIsTrue() {
        Map<String, String> settings = settings();
        Map<String, String> together = rows(section(text("docs/OPERATING.md"), "How much it needs"));

        assertThat(together).containsOnlyKeys("all-memory", "all-processes", "all-cpus");
        together.forEach((name, value) ->
                assertThat(settings.get("nslab.limits." + name)).as(name).isEqualTo(value));
    }

    @Test
    void eachDefaultStandsInOnePlace() {
        Map<String, String> declared = settingsOfRecords();
        declared.values().removeIf(String::isEmpty);

        assertThat(yaml()).doesNotContainKeys(declared.keySet().toArray(String[]::new));
    }

    @Test
    void eachSettingThatADocumentNamesIsThere() throws IOException {
        Set<String> settings = settings().keySet();
        for (Path document : documents()) {
            assertThat(find("(?<=`)nslab\\.[a-z]+[a-z.-]*[a-z](?![\\w.*…/-])", Files.readString(document)))
                    .as(document.toString())
                    .allSatisfy(name -> assertThat(settings).anyMatch(setting -> setting.startsWith(name)));
        }
    }

    @Test
    void problemsAreListedWithTheirStatus() {
        Map<String, String> types = Stream.of(ProblemType.values())
                .collect(Collectors.toMap(
                        type -> Objects.requireNonNull(type.with("").getType())
                                .toString()
                                .replaceFirst("^urn:nslab:problem:", ""),
                        type -> Integer.toString(type.status().value())));

        assertThat(rows(section(text("docs/OPERATING.md"), "Problems"))).isEqualTo(new TreeMap<>(types));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void eachCommandOfLabStandsInTheReadme(String readme) throws Exception {
        Process help = new ProcessBuilder("./lab", "help").start();
        String usage = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<String> commands =
                Stream.concat(find("(?m)^  ([a-z]+)", usage), Stream.of("help")).collect(Collectors.toSet());

        assertThat(commands).contains("run", "test", "doctor");
        assertThat(find("\\./lab ([a-z]+)", text(readme)).collect(Collectors.toSet()))
                .isEqualTo(commands);
    }

    @Test
    void theChineseReadmeHasWhatTheEnglishOneHas() {
        String english = text("README.md");
        String chinese = text("README.zh-CN.md");

        assertThat(shape(chinese)).isEqualTo(shape(english));
        assertThat(rows(chinese).keySet())
                .containsExactlyElementsOf(rows(english).keySet());
        assertThat(documentsIn(chinese)).containsExactlyInAnyOrderElementsOf(documentsIn(english));
    }

    private static List<String> documentsIn(String markdown) {
        return find("docs/[\\w-]+\\.md(?:#[\\w-]+)?", markdown).toList();
    }

    /** The structure of a document: headings by their level, lists and blocks of code by their lines. */
    private static List<String> shape(String markdown) {
        return find("(?m)^(?:#+ |- |```|\\| )", markdown).toList();
    }

    @Test
    void whatLinksPointAtIsThere() throws IOException {
        for (Path document : documents()) {
            Path folder = Objects.requireNonNull(document.toAbsolutePath().getParent());
            assertThat(find("\\]\\((?!https?:)([^)\\s]+)\\)", Files.readString(document)))
                    .as(document.toString())
                    .allSatisfy(link -> {
                        String[] parts = link.split("#", 2);
                        Path target = parts[0].isEmpty() ? document : folder.resolve(parts[0]);
                        assertThat(target).exists();
                        if (parts.length == 2) {
                            assertThat(anchors(Files.readString(target))).contains(parts[1]);
                        }
                    });
        }
    }

    @Test
    void filesAndTestsThatADocumentNamesAreThere() throws IOException {
        Set<String> classes = classes();
        for (Path document : documents()) {
            String text = Files.readString(document);
            assertThat(find("`((?:src|frontend|deploy|docs)/[\\w./-]+)`", text))
                    .as(document.toString())
                    .allSatisfy(path -> assertThat(Path.of(path)).exists());
            assertThat(find("`([A-Z]\\w*Tests)\\b", text))
                    .as(document.toString())
                    .isSubsetOf(classes);
        }
    }

    @Test
    void classesThatTheArchitectureNamesAreThere() throws IOException {
        assertThat(find("`([A-Z][a-z]+(?:[A-Z][a-z]+)+)", text("docs/ARCHITECTURE.md")))
                .isNotEmpty()
                .isSubsetOf(classes());
    }

    /** The settings by their full names, with the values as the README writes them. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(settingsOfRecords());
        yaml().forEach((name, value) -> {
            if (name.startsWith("nslab.")) {
                settings.put(name, value);
            }
        });
        // What has no default stands there as a comment.
        find("(?m)^  # ([a-z-]+):", text("src/main/resources/application.yaml"))
                .forEach(name -> settings.putIfAbsent("nslab." + name, ""));
        settings.replaceAll((_, value) -> inReadme(value));
        return settings;
    }

    private static String inReadme(String value) {
        if (value.isEmpty()) {
            return "–";
        }
        boolean isWord = value.matches("true|false|personal|.*/.*");
        return isWord ? "`" + value.replace("${user.home}", "~") + "`" : value;
    }

    /** The components of the records that are bound, each of which stands in one record; "" without a default. */
    private static Map<String, String> settingsOfRecords() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.nslab").stream()
                .map(bean -> ClassUtils.resolveClassName(Objects.requireNonNull(bean.getBeanClassName()), null))
                .flatMap(DocsTests::components)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, String>> components(Class<?> record) {
        String prefix = Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class))
                .value();
        return Stream.of(record.getDeclaredConstructors()[0].getParameters()).map(parameter -> {
            Name name = parameter.getAnnotation(Name.class);
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            return Map.entry(
                    prefix + "."
                            + (name == null ? DataObjectPropertyName.toDashedForm(parameter.getName()) : name.value()),
                    value == null ? "" : String.join(",", value.value()));
        });
    }

    private static Map<String, String> yaml() {
        try {
            var source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yaml"))
                    .getFirst();
            return Stream.of(source.getPropertyNames())
                    .collect(Collectors.toMap(Function.identity(), name -> String.valueOf(source.getProperty(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> rows(String markdown) {
        var rows = new LinkedHashMap<String, String>();
        ROW.matcher(markdown).results().forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    private static String section(String markdown, String heading) {
        return markdown.split("(?m)^## " + Pattern.quote(heading) + "$", 2)[1].split("(?m)^## ", 2)[0];
    }

    /** The anchors of the headings, as GitHub makes them. */
    private static List<String> anchors(String markdown) {
        return find("(?m)^#+ (.+)$", markdown)
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("README.zh-CN.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** The first group of each match, or the whole match if there is no group. */
    private static Stream<String> find(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map(DocsTests::found);
    }

    private static String found(MatchResult match) {
        return match.groupCount() == 0 ? match.group() : match.group(1);
    }

    private static String text(String document) {
        try {
            return Files.readString(Path.of(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
