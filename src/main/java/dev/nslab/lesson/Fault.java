package dev.nslab.lesson;

import org.jspecify.annotations.Nullable;

/**
 * Why a lesson cannot be used. Sent as JSON without change.
 *
 * @param file within the lesson's folder
 * @param line from 1; null if the fault belongs to no line
 */
public record Fault(String file, @Nullable Integer line, String reason) {

    @Override
    public String toString() {
        return line == null ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
