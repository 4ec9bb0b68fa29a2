package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Tag;

/** The same life with a helper that address and undefined-behaviour sanitizers watch: a finding of theirs ends it. */
@Tag("sandbox")
class SanitizedHelperTests extends SandboxTests {
    @Override
    Sandboxes sandboxes(Poller poller) throws LinuxException {
        return new Sandboxes(TestLimits.DEFAULT, poller, new SealedProgram("unshare-helper-sanitized", program()));
    }

    private static byte[] program() {
        try (InputStream in = SanitizedHelperTests.class.getResourceAsStream("/native/unshare-helper-sanitized")) {
            return Objects.requireNonNull(in, "the sanitized helper is built by src/main/c/Makefile")
                    .readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
