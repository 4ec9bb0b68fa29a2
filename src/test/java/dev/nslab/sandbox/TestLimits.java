package dev.nslab.sandbox;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** The defaults. */
final class TestLimits {
    static final SandboxLimits DEFAULT = withSandboxes(256);

    private TestLimits() {}

    static SandboxLimits withSandboxes(int sandboxes) {
        return new SandboxLimits(
                sandboxes,
                32,
                Duration.ofMinutes(30),
                256,
                1024,
                DataSize.ofMegabytes(64),
                16384,
                DataSize.ofMegabytes(512),
                1,
                64,
                16,
                Share.percent(75),
                Share.percent(75),
                Share.percent(100));
    }
}
