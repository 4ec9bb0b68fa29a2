package dev.nslab.lesson;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lesson in one language, as the page is told. Goes to JSON as it is. */
public record LessonPage(
        String id,
        String title,
        String summary,
        int order,
        @Nullable Integer minutes,
        List<StepPage> steps) {

    /** A step in that language. */
    public record StepPage(String id, String title, List<Block> blocks) {}

    static LessonPage of(Lesson lesson, Language language) {
        LessonText text = lesson.in(language);
        List<StepPage> steps = new ArrayList<>();
        for (Step step : lesson.steps()) {
            LessonText.Section section = text.sections().get(steps.size());
            steps.add(new StepPage(step.id(), section.title(), section.blocks()));
        }
        return new LessonPage(lesson.id(), text.title(), text.summary(), lesson.order(), lesson.minutes(), steps);
    }
}
