package dev.nslab.sandbox;

import dev.nslab.sandbox.limits.SandboxLimits;
import dev.nslab.sandbox.limits.Share;
import dev.nslab.watchdog.WatchdogSettings;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** The defaults. */
public final class TestLimits {
    public static final SandboxLimits DEFAULT = withSandboxes(256);

    public static final WatchdogSettings WATCHDOG = new WatchdogSettings(true, DataSize.ofMegabytes(256));

    private TestLimits() {}

    public static SandboxLimits withSandboxes(int sandboxes) {
        return with(sandboxes, 256);
    }

    public static SandboxLimits with(int sandboxes, int processes) {
        return new SandboxLimits(
                sandboxes,
                32,
                Duration.ofMinutes(30),
                processes,
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
