package dev.nslab.lesson;

/**
 * A piece of text and its place, so that faults in it can be reported.
 *
 * @param line of its beginning, from 1
 */
public record Passage(String text, String file, int line) {

    public Passage with(String other) {
        return new Passage(other, file, line);
    }

    /** The place that is so many lines further down. */
    public Passage below(int lines) {
        return new Passage(text, file, line + lines);
    }
}
