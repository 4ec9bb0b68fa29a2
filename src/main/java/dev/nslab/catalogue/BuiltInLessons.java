package dev.nslab.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The lessons that come with the server. */
final class BuiltInLessons {

    private static final String FILES = "classpath:lessons/*/*";
    private static final Pattern PATH = Pattern.compile(".*/([^/]+)/([^/]+)");

    private BuiltInLessons() {}

    static List<LessonFolder> folders() {
        Map<String, Map<String, String>> files = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
                Matcher path = PATH.matcher(URLDecoder.decode(file.getURL().getPath(), StandardCharsets.UTF_8));
                if (path.matches() && file.isReadable()) {
                    files.computeIfAbsent(path.group(1), _ -> new TreeMap<>())
                            .put(path.group(2), file.getContentAsString(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<LessonFolder> folders = new ArrayList<>();
        files.forEach((name, texts) -> folders.add(new LessonFolder(name, texts)));
        return folders;
    }
}
