package dev.nslab.progress;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One learner's progress in one lesson, in all their sandboxes. The notebook is authoritative; the archive follows it.
 *
 * <p>It may be in use before the archive could be read; what the archive has is then added. A notebook is "whole" when
 * nothing remains to be added.
 */
public final class Notebook {

    /** The learner and the lesson that it belongs to. */
    public record Key(String learner, String lesson) {}

    private final Key key;
    private final Consumer<Notebook> changed;
    private Progress progress = Progress.NONE;
    private boolean whole;

    /** @param changed told after each change; must not block */
    public Notebook(Key key, Consumer<Notebook> changed) {
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

    /** Adds what the archive has. */
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

    /** Begins again: what the archive has no longer counts. */
    void clear() {
        synchronized (this) {
            progress = Progress.NONE;
            whole = true;
        }
        changed.accept(this);
    }
}
