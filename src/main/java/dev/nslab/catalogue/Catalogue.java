package dev.nslab.catalogue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All lessons: the built-in ones, and those that are in the author's folder at the moment. They are read when they are
 * first needed.
 */
public final class Catalogue {

    private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

    private final @Nullable LessonsFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LessonFolder, Reading> known = new HashMap<>();
    private @Nullable LessonReader reader;
    private @Nullable List<LessonFolder> builtIn;
    private @Nullable Map<Path, List<Object>> state;
    private Map<String, Reading> readings = Map.of();

    public Catalogue(@Nullable Path lessonsDir) {
        folder = lessonsDir == null ? null : new LessonsFolder(lessonsDir);
    }

    /** By id. */
    public Map<String, Reading> readings() {
        lock.lock();
        try {
            Map<Path, List<Object>> now = folder == null ? Map.of() : folder.state();
            if (!now.equals(state)) {
                readings = read(folder == null ? List.of() : folder.read());
                state = now;
            }
        } catch (UncheckedIOException e) {
            log.warn("Lessons are shown as they were before: {}", e.getMessage());
            readings = readings.isEmpty() ? read(List.of()) : readings;
        } finally {
            lock.unlock();
        }
        return readings;
    }

    private Map<String, Reading> read(List<LessonFolder> own) {
        if (builtIn == null) {
            builtIn = BuiltInLessons.folders();
        }
        Map<String, LessonFolder> folders = new TreeMap<>();
        builtIn.forEach(lesson -> folders.put(lesson.name(), lesson));
        own.forEach(lesson -> folders.put(lesson.name(), lesson));
        LessonReader first = reader == null ? new LessonReader() : reader;
        reader = first;
        Map<String, Reading> all = new TreeMap<>();
        // Only what has changed is read again.
        folders.forEach((id, lesson) -> all.put(id, known.computeIfAbsent(lesson, first::read)));
        known.keySet().retainAll(folders.values());
        return all;
    }
}
