package dev.nslab.lab;

import dev.nslab.lesson.LocalizedText;

/** A solution of a lesson was played, but did not have the effect that it should. */
public final class StuckException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient LocalizedText words;

    StuckException(LocalizedText words) {
        super(words.english());
        this.words = words;
    }

    public LocalizedText words() {
        return words;
    }
}
