package dev.nslab.catalogue;

import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import java.nio.file.Path;
import java.util.List;

/** The result of reading the folder of a lesson. */
public sealed interface Reading {

    String id();

    /** Reads the lessons that come with the server. */
    static List<Reading> builtIn() {
        return all(BuiltInLessons.folders());
    }

    /** Reads all lessons in the folder, or the one that the folder is. */
    static List<Reading> in(Path folder) {
        return all(new LessonsFolder(folder).read());
    }

    private static List<Reading> all(List<LessonFolder> folders) {
        LessonReader reader = new LessonReader();
        return folders.stream().map(reader::read).toList();
    }

    /** A lesson that can be used. */
    record Good(Lesson lesson) implements Reading {
        @Override
        public String id() {
            return lesson.id();
        }
    }

    /** One that cannot, and why. */
    record Broken(String id, List<Fault> faults) implements Reading {}
}
