package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Poller;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The sandbox of a learner who does their worst as its root, and another one beside it, which must not notice. */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
public abstract class UnderAttack {
    /**
     * A shell function that makes a system call, by its numbers on x86-64 and aarch64, and prints its errno, or 0 if it
     * worked.
     */
    private static final String CALL = """
            call() {
              local n=$1; [ $(uname -m) = aarch64 ] && n=$2; shift 2
              perl -e '@a = map { /^0x/ ? hex : $_ + 0 } @ARGV;
                $r = syscall($a[0], $a[1], $a[2], $a[3], $a[4], $a[5], $a[6]); print $r < 0 ? $!+0 : 0, "\\n"' $n "$@" 0 0 0 0 0 0
            }
            """;

    private Poller poller;
    Sandboxes sandboxes;
    Neighbour neighbour;
    public Sandbox sandbox;
    public Console console;

    SandboxRights rights() {
        return SandboxRights.ALL;
    }

    @BeforeAll
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = new Sandboxes(TestLimits.DEFAULT, rights(), poller, TestHelper.program());
        neighbour = new Neighbour(sandboxes.start("lab"));
    }

    @BeforeEach
    void startTheAttackers() throws Exception {
        sandbox = sandboxes.start("lab");
        console = Console.open(sandbox);
    }

    @AfterEach
    void theNeighbourIsWellAndNothingIsLeft() {
        neighbour.isWell();
        int init = sandbox.init();
        sandbox.end();
        console.close();
        assertThat(Path.of("/proc", Integer.toString(init))).doesNotExist();
    }

    @AfterAll
    void end() {
        sandboxes.close();
        poller.close();
    }

    /** Runs a script that may use {@code call NUMBER-X86-64 NUMBER-AARCH64 ARGUMENT...}. */
    String call(String attack) {
        console.run(CALL);
        return console.run(attack);
    }

    /** Writes these {@link Attacks} into files of the same names in /tmp. */
    public static void bring(Console to, String... programs) {
        for (String program : programs) {
            to.run("cat > /tmp/" + program + " <<'END'\n" + Attacks.source(program) + "END");
        }
    }

    /** Everybody may break their own sandbox. A reset gives it back whole. */
    void aResetGivesItBack() throws Exception {
        sandbox.reset();
        try (Console after = Console.open(sandbox)) {
            assertThat(after.run("echo fresh; ls -d /usr/bin; test -r /proc/self/stat && echo proc"))
                    .isEqualTo("fresh\n/usr/bin\nproc\n");
        }
    }
}
