package dev.nslab.linux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenNamespaceTests {

    private static final int ME = (int) ProcessHandle.current().pid();

    private final ProcFs proc = new ProcFs(Path.of("/proc"));

    private OpenNamespace open(String link) {
        return requireNonNull(OpenNamespace.open(proc, ME, link));
    }

    @ParameterizedTest
    @EnumSource
    void hasTheNameOfItsFile(NamespaceType type) throws IOException {
        try (OpenNamespace open = open(type.toString())) {
            assertThat(open.name())
                    .hasToString(Files.readSymbolicLink(Path.of("/proc/self/ns", type.toString()))
                            .toString());
        }
    }

    @Test
    void namesNoneAboveOurOwn() {
        try (OpenNamespace user = open("user");
                OpenNamespace pid = open("pid")) {
            assertThat(user.owner()).isNull();
            assertThat(user.parent()).isNull();
            assertThat(pid.parent()).isNull();
        }
    }

    @Test
    void othersHaveNoParent() {
        try (OpenNamespace uts = open("uts")) {
            assertThat(uts.parent()).isNull();
        }
    }

    @Test
    void isNullForAProcessThatIsGone() {
        assertThat(OpenNamespace.open(proc, 0, "uts")).isNull();
    }

    @Test
    void leavesNothingOpen() throws IOException {
        long before = openFiles();
        for (int round = 0; round < 50; round++) {
            try (OpenNamespace uts = open("uts");
                    OpenNamespace owner = requireNonNull(uts.owner())) {
                assertThat(uts.name()).isNotEqualTo(owner.name());
                uts.id();
            }
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
