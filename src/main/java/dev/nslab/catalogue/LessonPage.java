package dev.nslab.catalogue;

import dev.nslab.lesson.Block;
import dev.nslab.lesson.Language;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LessonText;
import dev.nslab.lesson.Requirement;
import dev.nslab.lesson.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lesson in one language, as the page is told. Goes to JSON as it is.
 *
 * @param lacking what it requires and this lab was started without: "network-admin"
 */
public record LessonPage(
        String id,
        String title,
        String summary,
        int order,
        @Nullable Integer minutes,
        List<String> lacking,
        List<StepPage> steps) {

    /** A step in that language. */
    public record StepPage(String id, String title, List<Block> blocks) {}

    public static LessonPage of(Lesson lesson, Language language, Collection<Requirement> missing) {
        LessonText text = lesson.in(language);
        List<StepPage> steps = new ArrayList<>();
        for (Step step : lesson.steps()) {
            LessonText.Section section = text.sections().get(steps.size());
            steps.add(new StepPage(step.id(), section.title(), section.blocks()));
        }
        return new LessonPage(
                lesson.id(),
                text.title(),
                text.summary(),
                lesson.order(),
                lesson.minutes(),
                lesson.lacking(missing),
                steps);
    }
}
