package dev.nslab.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file of the kernel's that holds one number: a sysctl, a limit of a cgroup. */
public final class NumberFile {
    private static final int LONGEST = 64;

    private NumberFile() {}

    /** The number in a file; empty if there is no such file, or no number in it ("max"). */
    public static OptionalLong read(Path path) {
        // In one read: of a sysctl the kernel gives nothing after the first, however little that took.
        try (InputStream file = Files.newInputStream(path)) {
            byte[] number = new byte[LONGEST];
            int length = Math.max(file.read(number), 0);
            return OptionalLong.of(Long.parseLong(new String(number, 0, length, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
