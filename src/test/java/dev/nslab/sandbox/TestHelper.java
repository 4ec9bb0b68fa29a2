package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.SealedProgram;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The helper with which sandboxes of tests are made. The system property nslab.test.helper=sanitized takes the one that
 * address and undefined-behaviour sanitizers watch: a finding of theirs ends it.
 */
final class TestHelper {
    private TestHelper() {}

    static SealedProgram program() throws LinuxException {
        return "sanitized".equals(System.getProperty("nslab.test.helper"))
                ? sanitized()
                : HelperProgram.load("/native/unshare-helper");
    }

    static SealedProgram sanitized() {
        try (InputStream in = TestHelper.class.getResourceAsStream("/native/unshare-helper-sanitized")) {
            byte[] program = Objects.requireNonNull(in, "the sanitized helper is built by src/main/c/Makefile")
                    .readAllBytes();
            return new SealedProgram("unshare-helper-sanitized", program);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
