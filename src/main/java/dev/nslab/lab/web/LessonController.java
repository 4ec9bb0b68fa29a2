package dev.nslab.lab.web;

import dev.nslab.account.Caller;
import dev.nslab.account.Learner;
import dev.nslab.account.Stranger;
import dev.nslab.catalogue.CatalogueEntry;
import dev.nslab.catalogue.LessonPage;
import dev.nslab.lesson.Language;
import dev.nslab.progress.Lessons;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The texts of lessons, in the language of the pages or in the one that {@code ?lang=} asks for. */
@RestController
@RequestMapping("/api/lessons")
public class LessonController {

    private final Lessons lessons;

    LessonController(Lessons lessons) {
        this.lessons = lessons;
    }

    public record Listed(List<CatalogueEntry> lessons) {}

    @GetMapping
    Listed list(Caller caller, Locale locale) {
        Language language = Language.of(locale);
        return new Listed(
                switch (caller) {
                    case Learner learner -> lessons.list(learner.id(), language);
                    case Stranger _ -> lessons.list(language);
                });
    }

    @GetMapping("/{id}")
    LessonPage show(@PathVariable String id, Locale locale) {
        return lessons.page(id, Language.of(locale));
    }
}
