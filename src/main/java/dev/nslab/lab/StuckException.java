package dev.nslab.lab;

import dev.nslab.lesson.Words;

/** A solution of a lesson was played, and did not do what it should. */
final class StuckException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Words words;

    StuckException(Words words) {
        super(words.english());
        this.words = words;
    }

    Words words() {
        return words;
    }
}
