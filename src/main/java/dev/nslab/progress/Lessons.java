package dev.nslab.progress;

import dev.nslab.catalogue.Catalogue;
import dev.nslab.catalogue.CatalogueEntry;
import dev.nslab.catalogue.LessonPage;
import dev.nslab.catalogue.Reading;
import dev.nslab.lesson.Language;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.LessonText;
import dev.nslab.lesson.Requirement;
import dev.nslab.limits.SandboxRights;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The lessons that can be followed here, and how far learners have come in them. */
@Component
public class Lessons {

    private final Catalogue catalogue;
    private final Notebooks notebooks;
    private final Archive archive;
    private final boolean early;
    private final List<Requirement> missing;

    Lessons(LessonSettings settings, SandboxRights rights, Notebooks notebooks, Archive archive) {
        this.catalogue = new Catalogue(settings.lessonsDir());
        this.notebooks = notebooks;
        this.archive = archive;
        this.early = settings.readLessonsEarly();
        this.missing = Requirement.missing(rights.networkAdmin());
    }

    /** In the background once the server is ready, because it takes seconds in a JVM that has just started. */
    @EventListener(ApplicationReadyEvent.class)
    void readEarly() {
        if (early) {
            archive.open();
            Thread.ofPlatform().name("nslab-read-lessons").daemon().start(catalogue::readings);
        }
    }

    /** All lessons in order, broken ones at the end, with how far the learner has come in each. */
    public List<CatalogueEntry> list(String learner, Language language) {
        return list(notebooks.passed(learner), language);
    }

    /** The same for a learner who has begun none. */
    public List<CatalogueEntry> list(Language language) {
        return list(Map.of(), language);
    }

    private List<CatalogueEntry> list(Map<String, Set<String>> passed, Language language) {
        return catalogue.readings().values().stream()
                .map(reading -> entry(reading, passed.getOrDefault(reading.id(), Set.of()), language))
                .sorted(Comparator.comparing((CatalogueEntry entry) -> entry.broken() != null)
                        .thenComparingInt(CatalogueEntry::order)
                        .thenComparing(CatalogueEntry::id))
                .toList();
    }

    private CatalogueEntry entry(Reading reading, Set<String> passed, Language language) {
        return switch (reading) {
            case Reading.Broken broken ->
                new CatalogueEntry(
                        broken.id(), Integer.MAX_VALUE, broken.id(), "", null, 0, 0, broken.faults(), List.of());
            case Reading.Good good -> {
                Lesson lesson = good.lesson();
                LessonText text = lesson.in(language);
                int done =
                        (int) lesson.stepIds().stream().filter(passed::contains).count();
                yield new CatalogueEntry(
                        lesson.id(),
                        lesson.order(),
                        text.title(),
                        text.summary(),
                        lesson.minutes(),
                        lesson.stepIds().size(),
                        done,
                        null,
                        lesson.lacking(missing));
            }
        };
    }

    /** Whether learners' progress is saved on disk; if not, it is remembered while this server runs. */
    public boolean areKept() {
        return archive.failure().isEmpty();
    }

    public boolean has(String id) {
        return catalogue.readings().get(id) instanceof Reading.Good;
    }

    /** A lesson in one language. */
    public LessonPage page(String id, Language language) {
        return LessonPage.of(get(id), language, missing);
    }

    /**
     * A learner's attempt at a lesson, in its present version, in a sandbox. It goes on from the steps that they have
     * passed before.
     */
    public Attempt begin(String learner, String id) {
        Lesson lesson = get(id);
        return new Attempt(lesson, notebooks.get(learner, id), this::areKept);
    }

    private Lesson get(String id) {
        if (catalogue.readings().get(id) instanceof Reading.Good good) {
            return good.lesson();
        }
        throw LessonException.unknown("lesson", id);
    }
}
