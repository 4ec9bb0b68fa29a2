package dev.nslab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.util.ClassUtils;

/**
 * The table of the packages below dev.nslab, made from their package-info.java. Each comes after those that it may use.
 */
final class PackageTable {
    private static final Path SOURCES = Path.of("src/main/java/dev/nslab");
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{@(?:link|code) (?:[\\w.]*\\.)?([^}]*)}");

    private PackageTable() {}

    static String of(ApplicationModules modules) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        modules.forEach(module -> allowed.put(module.getIdentifier().toString(), allowed(module)));
        return "| package | what it is | may use |\n|---|---|---|\n"
                + inOrder(allowed).stream()
                        .map(name -> "| `" + name + "` | " + description(name) + " | "
                                + orDash(allowed.getOrDefault(name, Set.of())) + " |\n")
                        .collect(Collectors.joining());
    }

    private static Set<String> allowed(org.springframework.modulith.core.ApplicationModule module) {
        String info = module.getBasePackage().getName() + ".package-info";
        ApplicationModule said = Objects.requireNonNull(
                ClassUtils.resolveClassName(info, null).getAnnotation(ApplicationModule.class), info);
        return Stream.of(said.allowedDependencies())
                .map(name -> name.split(" :: ", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> inOrder(Map<String, Set<String>> allowed) {
        List<String> placed = new ArrayList<>();
        Set<String> left = new TreeSet<>(allowed.keySet());
        while (!left.isEmpty()) {
            String next = left.stream()
                    .filter(name -> placed.containsAll(allowed.getOrDefault(name, Set.of())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a circle among " + left));
            placed.add(next);
            left.remove(next);
        }
        return placed;
    }

    private static String orDash(Set<String> names) {
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    private static String description(String name) {
        try {
            Matcher comment =
                    COMMENT.matcher(Files.readString(SOURCES.resolve(name).resolve("package-info.java")));
            if (!comment.find()) {
                throw new IllegalStateException(name + " is not described");
            }
            String text = comment.group(1)
                    .replaceAll("(?m)^ *\\* ?", "")
                    .replaceAll("<p>", "")
                    .replaceAll("\\s+", " ");
            return TAG.matcher(text.strip()).replaceAll("`$1`").replaceAll("[.]$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
