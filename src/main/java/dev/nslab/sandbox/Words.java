package dev.nslab.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A packet to the helper: words that end with NUL (message.h). */
final class Words {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    static Words of(String verb) {
        return new Words().add(verb);
    }

    Words add(String word) {
        if (word.indexOf('\0') >= 0) throw new IllegalArgumentException("a word for the helper has no NUL characters");
        bytes.writeBytes(word.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }

    Words add(long number) {
        return add(Long.toString(number));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
