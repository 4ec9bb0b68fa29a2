package dev.nslab.progress;

/** From now on what learners achieve is kept on disk again, or can't be for the time being: {@link Lessons#areKept()}. */
public record KeepingChanged() {}
