package dev.nslab.catalogue;

import dev.nslab.lesson.Language;
import dev.nslab.lesson.Passage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a lesson.
 *
 * @param name of the folder, which is the lesson's id
 * @param files texts by name
 * @param leadingOut names of those that were not read, as links lead elsewhere
 */
public record LessonFolder(String name, Map<String, String> files, List<String> leadingOut) {

    static final String DEFINITION = "lesson.yaml";

    static final List<String> FILES = List.of(DEFINITION, Language.ENGLISH.fileName(), Language.CHINESE.fileName());

    LessonFolder(String name, Map<String, String> files) {
        this(name, files, List.of());
    }

    @Nullable
    Passage file(String file) {
        String text = files.get(file);
        // Some editors begin a file with a byte order mark.
        return text == null ? null : new Passage(text.replaceFirst("^\uFEFF", ""), file, 1);
    }
}
