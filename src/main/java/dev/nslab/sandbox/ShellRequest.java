package dev.nslab.sandbox;

import java.util.List;
import java.util.Map;

/**
 * A program to be run in a terminal of its own.
 *
 * @param command program and arguments; the program is looked for in the sandbox's PATH
 * @param cols columns of the terminal, 1 to 1000
 * @param rows rows of the terminal, 1 to 1000
 * @param environment added to that of every shell
 */
public record ShellRequest(List<String> command, int cols, int rows, Map<String, String> environment) {
    public static final int MAX_SIZE = 1000;

    /** Bytes that the command and the environment may have in all. */
    static final int MAX_BYTES = 32 * 1024;

    /** Words that they may have in all. */
    static final int MAX_WORDS = 512;

    public ShellRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty() || command.getFirst().isEmpty()) {
            throw new IllegalArgumentException("a command has at least a program");
        }
        if (cols < 1 || cols > MAX_SIZE || rows < 1 || rows > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a terminal has 1 to " + MAX_SIZE + " columns and rows, not " + cols + " x " + rows);
        }
        if (command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a command has no NUL characters");
        }
        if (command.size() + environment.size() > MAX_WORDS
                || command.stream().mapToInt(String::length).sum() > MAX_BYTES / 4) {
            throw new IllegalArgumentException(
                    "a command has at most " + MAX_WORDS + " words and " + MAX_BYTES / 4 + " characters");
        }
    }
}
