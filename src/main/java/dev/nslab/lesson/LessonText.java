package dev.nslab.lesson;

import java.util.List;

/** A lesson in one language. */
public record LessonText(String title, String summary, List<Section> sections) {

    public record Section(String title, List<Block> blocks) {}
}
