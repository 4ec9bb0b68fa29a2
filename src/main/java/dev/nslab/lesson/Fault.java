package dev.nslab.lesson;

import org.jspecify.annotations.Nullable;

/**
 * Why a lesson cannot be used. Goes to JSON as it is.
 *
 * @param file within the lesson's folder
 * @param line from 1; null if no line is to blame
 */
public record Fault(String file, @Nullable Integer line, String reason) {

    @Override
    public String toString() {
        return line == null ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
