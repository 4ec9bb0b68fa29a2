package dev.nslab.lesson;

/**
 * A piece of text and where it stands, to be able to say what is wrong with it.
 *
 * @param line of its beginning, from 1
 */
record Passage(String text, String file, int line) {

    Passage with(String other) {
        return new Passage(other, file, line);
    }

    /** The place so many lines further down. */
    Passage below(int lines) {
        return new Passage(text, file, line + lines);
    }
}
