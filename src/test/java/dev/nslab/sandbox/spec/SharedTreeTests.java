package dev.nslab.sandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing of the shared tree is left behind, not even by a server that was killed. */
@Tag("sandbox")
class SharedTreeTests {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    /** A PID that no process ever has: one more than the largest (proc_sys_kernel(5), pid_max). */
    private static final int NOBODY = (1 << 22) + 1;

    @Test
    void thatOfADeadServerGoesWithTheNext() throws Exception {
        Path ofTheDead = Files.createDirectories(TEMPORARY.resolve("nslab-shared-" + NOBODY + "-1/bin"));
        Path ofTheLiving = Files.createDirectory(
                TEMPORARY.resolve("nslab-shared-" + ProcessHandle.current().pid() + "-test"));
        try (SharedTree tree = SharedTree.make()) {
            assertThat(tree.path()).isDirectoryContaining("glob:**/hints");
            assertThat(ofTheDead.getParent()).doesNotExist();
            assertThat(ofTheLiving).exists();
        } finally {
            Files.delete(ofTheLiving);
        }
    }

    @Test
    void itGoesWithItsServer() {
        SharedTree tree = SharedTree.make();
        tree.close();
        assertThat(tree.path()).doesNotExist();
    }
}
