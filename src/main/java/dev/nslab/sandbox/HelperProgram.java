package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.SealedProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The helper's binary, copied from the jar into sealed memory, so that there is no file that anybody could replace. */
final class HelperProgram {
    private HelperProgram() {}

    static SealedProgram load(String resource) throws LinuxException {
        byte[] program = read(resource);
        String expected = new String(read(resource + ".sha256"), StandardCharsets.US_ASCII).strip();
        if (!expected.equals(digest(program))) {
            throw new IllegalStateException("the helper in this jar is damaged; build nslab again");
        }
        return new SealedProgram("unshare-helper", program);
    }

    private static byte[] read(String resource) {
        try (InputStream in = HelperProgram.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks " + resource + "; build nslab with ./lab");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + resource, e);
        }
    }

    private static String digest(byte[] program) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
