package dev.nslab.lesson;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One learner's progress in one lesson, in all their sandboxes. It holds what is true; the archive follows.
 *
 * <p>It may be in use before it is known what the archive has: that is then added. "Whole" is one to which nothing is to be
 * added any more.
 */
final class Notebook {

    /** Whose it is. */
    record Key(String learner, String lesson) {}

    private final Key key;
    private final Consumer<Notebook> changed;
    private Progress progress = Progress.NONE;
    private boolean whole;

    /** @param changed told after each change; must not block */
    Notebook(Key key, Consumer<Notebook> changed) {
        this.key = key;
        this.changed = changed;
    }

    Key key() {
        return key;
    }

    synchronized Progress progress() {
        return progress;
    }

    synchronized boolean isWhole() {
        return whole;
    }

    /** This is what the archive has. */
    synchronized void found(Progress archived) {
        if (!whole) {
            progress = archived.and(progress);
            whole = true;
        }
    }

    void update(UnaryOperator<Progress> change) {
        synchronized (this) {
            Progress now = change.apply(progress);
            if (now.equals(progress)) {
                return;
            }
            progress = now;
        }
        changed.accept(this);
    }

    /** Begins anew: whatever the archive has counts no more. */
    void clear() {
        synchronized (this) {
            progress = Progress.NONE;
            whole = true;
        }
        changed.accept(this);
    }
}
