package dev.nslab.lesson;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One learner's progress in one lesson, in all their sandboxes. Every change is written down before it is told. */
final class Notebook {

    private final Consumer<Progress> store;
    private Progress progress;

    /** @param store keeps the newest */
    Notebook(Progress progress, Consumer<Progress> store) {
        this.progress = progress;
        this.store = store;
    }

    synchronized Progress progress() {
        return progress;
    }

    synchronized void update(UnaryOperator<Progress> change) {
        Progress changed = change.apply(progress);
        if (!changed.equals(progress)) {
            store.accept(changed);
            progress = changed;
        }
    }
}
