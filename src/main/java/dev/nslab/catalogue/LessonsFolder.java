package dev.nslab.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An author's folder, with a folder for each lesson. It may change while it is in use. Its contents are shown to
 * learners, so links that lead out of it are not followed: not every author may read the server's files.
 */
public record LessonsFolder(Path path) {

    /** Longer files are not read: no lesson needs that. */
    private static final long MOST_BYTES = 1_000_000;

    /** Every file of the lessons with its time and size, which shows whether the folder must be read again. */
    Map<Path, List<Object>> state() {
        Map<Path, List<Object>> state = new TreeMap<>();
        for (Path folder : folders()) {
            for (Path file : files(folder)) {
                state.put(file, leadsOut(file) ? List.of() : stamp(file));
            }
        }
        return state;
    }

    public List<LessonFolder> read() {
        return folders().stream().map(this::read).toList();
    }

    /** The folders that contain a lesson or parts of one. The path may also be that of a single lesson. */
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

    private LessonFolder read(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        List<String> leadingOut = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (leadsOut(file)) {
                leadingOut.add(name);
            } else {
                texts.put(name, text(file));
            }
        }
        return new LessonFolder(
                folder.toAbsolutePath().normalize().getFileName().toString(), texts, leadingOut);
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

    /** Whether it is outside of this folder after all links on the way to it have been followed. */
    private boolean leadsOut(Path file) {
        try {
            return !file.toRealPath().startsWith(path.toRealPath());
        } catch (IOException e) {
            return true;
        }
    }

    private static String text(Path file) {
        // The file that was checked, and not one that may have replaced it since.
        try (var bytes = Files.newInputStream(file.toRealPath(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
