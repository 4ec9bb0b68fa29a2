package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import org.junit.jupiter.api.Tag;

/** The same life with the sanitized helper, also where the others have the plain one. */
@Tag("sandbox")
class SanitizedHelperTests extends SandboxTests {
    @Override
    Sandboxes sandboxes(Poller poller) throws LinuxException {
        return new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.sanitized());
    }
}
