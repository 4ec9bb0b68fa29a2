package dev.nslab.lab.wire;

import dev.nslab.sandbox.ShellRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"cols":80,"rows":24,"command":["bash","-l"]}}, of which every field may be left out. */
public record TerminalRequest(
        @Nullable Integer cols,
        @Nullable Integer rows,
        @Nullable List<@Nullable String> command) {

    public static final TerminalRequest DEFAULT = new TerminalRequest(null, null, null);

    private static final List<String> SHELL = List.of("bash", "-l");

    /**
     * TERM and COLORTERM say what xterm.js can do. C.UTF-8 is the only UTF-8 locale that every machine has without
     * installing its data.
     */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "LANG", "C.UTF-8");

    /**
     * The request, with defaults for fields that were left out.
     *
     * @throws IllegalArgumentException with a message for the client, if the request is invalid
     */
    public ShellRequest toShellRequest() {
        return new ShellRequest(
                command == null ? SHELL : complete(command),
                cols == null ? 80 : cols,
                rows == null ? 24 : rows,
                ENVIRONMENT);
    }

    private static List<String> complete(List<@Nullable String> words) {
        return words.stream().map(TerminalRequest::present).toList();
    }

    private static String present(@Nullable String word) {
        if (word == null) {
            throw new IllegalArgumentException("command must be a list of strings, without null");
        }
        return word;
    }
}
