package dev.nslab.sandbox.spec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A packet to the helper: words that end with NUL (message.h). */
public final class HelperRequest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    public static HelperRequest of(String verb) {
        return new HelperRequest().add(verb);
    }

    public HelperRequest add(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a word for the helper has no NUL characters");
        }
        bytes.writeBytes(word.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return this;
    }

    public HelperRequest add(long number) {
        return add(Long.toString(number));
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
