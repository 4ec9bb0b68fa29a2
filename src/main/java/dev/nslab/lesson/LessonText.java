package dev.nslab.lesson;

import java.util.List;

/** A lesson in one language. */
record LessonText(String title, String summary, List<Section> sections) {

    record Section(String title, List<Block> blocks) {}
}
