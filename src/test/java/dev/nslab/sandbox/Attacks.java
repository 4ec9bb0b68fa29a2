package dev.nslab.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The attacks that are programs of some lines, in src/test/resources/attacks. */
public final class Attacks {
    private Attacks() {}

    public static String source(String program) {
        try (InputStream in = Attacks.class.getResourceAsStream("/attacks/" + program)) {
            return new String(Objects.requireNonNull(in, program).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
