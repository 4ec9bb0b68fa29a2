package dev.nslab.catalogue;

import dev.nslab.lesson.LessonText;
import dev.nslab.lesson.Passage;
import java.util.List;

/**
 * One Markdown file of a lesson.
 *
 * @param summary plain text
 */
record Manuscript(String title, String summary, List<Chapter> chapters) {

    record Chapter(Passage heading, List<SourceBlock> parts) {}

    LessonText text() {
        return new LessonText(
                title,
                summary,
                chapters.stream()
                        .map(chapter -> new LessonText.Section(
                                chapter.heading().text(),
                                chapter.parts().stream().map(SourceBlock::block).toList()))
                        .toList());
    }
}
