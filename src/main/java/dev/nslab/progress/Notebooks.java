package dev.nslab.progress;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The progress of all learners in all lessons. */
@Component
class Notebooks {

    private final Archive archive;

    /** The notebooks in use: all attempts of a learner at a lesson share one. */
    private final Map<Notebook.Key, WeakReference<Notebook>> open = new ConcurrentHashMap<>();

    Notebooks(Archive archive) {
        this.archive = archive;
    }

    Notebook get(String learner, String lesson) {
        Notebook[] found = new Notebook[1];
        open.values().removeIf(book -> book.refersTo(null));
        open.compute(new Notebook.Key(learner, lesson), (key, known) -> {
            Notebook book = known == null ? null : known.get();
            found[0] = book == null ? fetch(key) : book;
            return new WeakReference<>(found[0]);
        });
        return found[0];
    }

    private Notebook fetch(Notebook.Key key) {
        Notebook book = new Notebook(key, archive::keep);
        archive.fetch(book);
        return book;
    }

    /**
     * Ids of the steps that a learner has passed, by lesson: those in the archive, as far as it can be read, and those
     * that it does not have yet.
     */
    Map<String, Set<String>> passed(String learner) {
        Map<String, Set<String>> passed = new HashMap<>(archive.passed(learner));
        open.forEach((key, reference) -> {
            Notebook book = reference.get();
            if (book != null && key.learner().equals(learner)) {
                passed.merge(
                        key.lesson(), book.progress().passed(), (old, now) -> book.isWhole() ? now : and(old, now));
            }
        });
        return passed;
    }

    private static Set<String> and(Set<String> some, Set<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
