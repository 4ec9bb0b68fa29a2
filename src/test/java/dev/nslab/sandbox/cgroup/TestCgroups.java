package dev.nslab.sandbox.cgroup;

import dev.nslab.linux.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine allows, by the kernel's own files. */
final class TestCgroups {
    static final boolean IS_ROOT = Credentials.ofThisProcess().uid() == 0;

    /** Whether a server here can make some: root always, others where one of version 2 is delegated to them alone. */
    static final boolean CAN_BE_MADE = IS_ROOT || isDelegated();

    private TestCgroups() {}

    private static boolean isDelegated() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            return lines.filter(line -> line.startsWith("0::"))
                    .map(line -> Path.of("/sys/fs/cgroup" + line.substring("0::".length())))
                    .anyMatch(cgroup ->
                            Files.isWritable(cgroup) && members(cgroup).allMatch(TestCgroups::isOurs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ProcessHandle> members(Path cgroup) {
        try {
            return Files.readAllLines(cgroup.resolve("cgroup.procs")).stream()
                    .map(Long::valueOf)
                    .flatMap(pid -> ProcessHandle.of(pid).stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A launcher of the server's is here until it joins a sandbox's. */
    private static boolean isOurs(ProcessHandle process) {
        ProcessHandle self = ProcessHandle.current();
        return process.equals(self) || process.parent().equals(Optional.of(self));
    }
}
