package dev.nslab.lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of an author, with a folder for each lesson. It changes while it is being used. */
record LessonsFolder(Path path) {

    /** Longer files are not read: no lesson needs that. */
    private static final long MOST_BYTES = 1_000_000;

    /** What tells whether it must be read again: every file of the lessons, with its time and size. */
    Map<Path, List<Object>> state() {
        Map<Path, List<Object>> state = new TreeMap<>();
        for (Path folder : folders()) {
            for (Path file : files(folder)) {
                state.put(file, stamp(file));
            }
        }
        return state;
    }

    List<LessonFolder> read() {
        return folders().stream().map(LessonsFolder::read).toList();
    }

    /** Those that hold a lesson, or parts of one. The path can be that of a single lesson, too. */
    private List<Path> folders() {
        if (Files.exists(path.resolve(LessonFolder.DEFINITION))) {
            return List.of(path);
        }
        return list(path).stream()
                .filter(Files::isDirectory)
                .filter(folder -> !folder.getFileName().toString().startsWith("."))
                .filter(folder -> !files(folder).isEmpty())
                .toList();
    }

    private static LessonFolder read(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files(folder)) {
            try {
                texts.put(file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new LessonFolder(
                folder.toAbsolutePath().normalize().getFileName().toString(), texts);
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        for (String name : LessonFolder.FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && size(file) <= MOST_BYTES) {
                files.add(file);
            }
        }
        return files;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of lessons cannot be read: " + folder, e);
        }
    }

    private static List<Object> stamp(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            return List.of(time, Files.size(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
