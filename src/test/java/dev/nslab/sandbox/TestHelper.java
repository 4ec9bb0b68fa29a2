package dev.nslab.sandbox;

import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Credentials;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.SealedProgram;
import dev.nslab.sandbox.spec.IdMap;
import dev.nslab.sandbox.spec.IdMaps;
import dev.nslab.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * The helper that starts sandboxes in tests. With the system property nslab.test.helper=sanitized, it is the one that
 * address and undefined-behaviour sanitizers watch. It ends when they find something.
 */
public final class TestHelper {
    private TestHelper() {}

    public static SealedProgram program() throws LinuxException {
        return "sanitized".equals(System.getProperty("nslab.test.helper"))
                ? sanitized()
                : HelperProgram.load("/native/unshare-helper");
    }

    /** The specification of a sandbox with ids that this user may give. */
    static SandboxSpec spec() {
        return spec(IdMaps.of(Credentials.ofThisProcess(), Path.of("/etc"), Path.of("/proc/self"), 1)
                .take());
    }

    static SandboxSpec spec(IdMap ids) {
        return SandboxSpec.of("lab", ids, TestLimits.DEFAULT, SandboxRights.ALL, Set.of(), false);
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
