package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import org.junit.jupiter.api.Tag;

/** The same life cycle with the sanitized helper, even where the other tests use the plain one. */
@Tag("sandbox")
class SanitizedHelperTests extends SandboxTests {
    @Override
    Sandboxes sandboxes(Poller poller) throws LinuxException {
        return new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.sanitized());
    }
}
