package dev.nslab.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The attacks that are programs of several lines, and honest loads to compare with. They are in src/test/resources. */
public final class Attacks {
    private Attacks() {}

    public static String source(String program) {
        try (InputStream attack = Attacks.class.getResourceAsStream("/attacks/" + program);
                InputStream load = Attacks.class.getResourceAsStream("/loads/" + program)) {
            InputStream in = attack == null ? load : attack;
            return new String(Objects.requireNonNull(in, program).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
