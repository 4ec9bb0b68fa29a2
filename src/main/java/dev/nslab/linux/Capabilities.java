package dev.nslab.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** capabilities(7) of this process. */
public final class Capabilities {

    private static final long SETGID = 1L << 6;
    private static final long SETUID = 1L << 7;

    private Capabilities() {}

    /**
     * Whether a program that is installed to change ids, by its set-user-ID bit or by file capabilities, could if this
     * process executed it. Container engines can forbid it to all programs, with no_new_privs or a bounding set.
     *
     * @param status /proc/self/status, but for tests
     */
    public static boolean mayChangeIdsByProgram(Path status) throws IOException {
        List<String> lines = Files.readAllLines(status);
        long bounding = Long.parseUnsignedLong(value(lines, "CapBnd:"), 16);
        return value(lines, "NoNewPrivs:").equals("0") && (bounding & SETUID) != 0 && (bounding & SETGID) != 0;
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("0");
    }
}
