package dev.nslab.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestHelper;
import dev.nslab.sandbox.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The machine has no room left for BPF programs, which all share it (net.core.bpf_jit_limit). Only root can try this.
 */
@Tag("sandbox")
@EnabledIf("dev.nslab.sandbox.ExhaustionTests#isRoot")
class BpfRoomTests {
    private static final Path LIMIT = Path.of("/proc/sys/net/core/bpf_jit_limit");

    /** The kernel returns this file's content only to a single read. */
    private final String usual = Files.readAllLines(LIMIT).getFirst();

    private final Poller poller = new Poller("test poller");
    private final Sandboxes sandboxes = new Sandboxes(TestLimits.withSandboxes(4), poller, TestHelper.program());

    BpfRoomTests() throws Exception {}

    @AfterEach
    void giveBack() throws Exception {
        Files.writeString(LIMIT, usual);
        sandboxes.close();
        poller.close();
    }

    /**
     * If the kernel may interpret programs that it has no room to compile (CONFIG_BPF_JIT_ALWAYS_ON is not set), no
     * room is needed.
     */
    @Test
    void aNewSandboxStartsOrSaysWhatToDo() throws Exception {
        Files.writeString(LIMIT, "1");
        if (isInterpreted()) {
            assertThat(sandboxes.start("lab").state()).isEqualTo(Sandbox.State.RUNNING);
            return;
        }
        assertThatThrownBy(() -> sandboxes.start("lab"))
                .hasMessageStartingWith(
                        "install the seccomp filter: Not supported at the moment: The machine's room for BPF")
                .hasMessageContaining("sysctl -w net.core.bpf_jit_limit=");
    }

    /**
     * Whether a plain user's socket still gets a program. The user is {@code nobody}, because root may go beyond the
     * limit.
     */
    private static boolean isInterpreted() throws Exception {
        String attach =
                "socket($s, 2, 2, 0); exit !setsockopt($s, 1, 26, pack(\"SxxxxxxP\", 1, pack(\"SCCL\", 6, 0, 0, 1)))";
        return new ProcessBuilder("setpriv", "--reuid=65534", "--clear-groups", "perl", "-e", attach)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void aNewTerminalNeedsNone() throws Exception {
        Sandbox sandbox = sandboxes.start("lab");
        Files.writeString(LIMIT, "1");
        try (Console console = Console.open(sandbox)) {
            assertThat(console.run("echo here")).isEqualTo("here\n");
        }
    }

    @Test
    void aShortWantIsWaitedFor() throws Exception {
        Files.writeString(LIMIT, "1");
        CompletableFuture<Sandbox> starting = CompletableFuture.supplyAsync(() -> {
            try {
                return sandboxes.start("lab");
            } catch (SandboxException e) {
                throw new AssertionError(e);
            }
        });
        CompletableFuture<Void> allowing = CompletableFuture.runAsync(
                this::allowAgain, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        assertThat(starting.get(10, TimeUnit.SECONDS).state()).isEqualTo(Sandbox.State.RUNNING);
        assertThat(allowing).isCompleted();
    }

    private void allowAgain() {
        try {
            Files.writeString(LIMIT, usual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
