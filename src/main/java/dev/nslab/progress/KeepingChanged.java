package dev.nslab.progress;

/** Progress can no longer be kept on disk, or is kept again ({@link Lessons#areKept()}). */
public record KeepingChanged() {}
