package dev.nslab.authoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A small, valid lesson that an author can change into another one. */
final class LessonSkeleton {

    private static final List<String> FILES = List.of("lesson.yaml", "en.md", "zh-CN.md");

    private LessonSkeleton() {}

    /** The exit status. */
    static int create(Path folder, PrintStream out) throws IOException {
        String id = folder.getFileName().toString();
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            out.println("The folder's name is the lesson's id: small letters, digits and hyphens, not \"" + id + "\"");
            return 1;
        }
        if (FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)))) {
            out.println("There is a lesson in " + folder + " already");
            return 1;
        }
        Files.createDirectories(folder);
        for (String file : FILES) {
            Files.writeString(folder.resolve(file), text(file).replace("LESSON-ID", id));
        }
        out.println("Made " + folder + ". Try it: ./lab lessons check " + folder);
        out.println("See it: NSLAB_LESSONS_DIR=" + folder.toAbsolutePath().getParent() + " ./lab run");
        return 0;
    }

    private static String text(String file) throws IOException {
        try (InputStream text = LessonSkeleton.class.getResourceAsStream("/lesson-skeleton/" + file)) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
