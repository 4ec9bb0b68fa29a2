package dev.nslab.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Credentials;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.SandboxConfiguration;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that is root closes these files when it starts. Otherwise they are as the machine's operator has left them.
 */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
class PressureFilesTests {
    private static final boolean ROOT = Credentials.ofThisProcess().uid() == 0;

    private Poller poller;
    private Sandboxes sandboxes;
    private Console console;

    @BeforeAll
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = new SandboxConfiguration().sandboxes(TestLimits.withSandboxes(1), SandboxRights.ALL, poller);
        console = Console.open(sandboxes.start("lab"));
    }

    @AfterAll
    void end() {
        console.close();
        sandboxes.close();
        poller.close();
    }

    /** What the machine's own program says about its own files. */
    private static String machine(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd /proc; %s",
                "cd /; unshare -Urmpf --mount-proc bash -c 'cd /proc; %s'",
                "cd /; unshare -Urmpf --mount-proc unshare -Urmpf --mount-proc bash -c 'cd /proc; %s'",
                "mount -t proc proc /mnt; cd /mnt; %s"
            })
    void areOpenedForWritingByNobodyInASandboxOnceTheyAreClosed(String place) throws Exception {
        String writable = machine("find /proc/pressure -type f -perm -002 -printf '%f\n' | sort");
        if (ROOT) {
            assertThat(writable).isEmpty();
        }
        String open = "for f in pressure/*; do [ -r $f ] && (: >> $f) 2>/dev/null && echo ${f#*/}; done | sort";
        assertThat(console.run(place.formatted(open))).isEqualTo(writable);
    }

    @Test
    void areReadAsBefore() throws Exception {
        assertThat(console.run("ls /proc/pressure | sort; grep -c some /proc/pressure/cpu"))
                .isEqualTo(machine("ls /proc/pressure | sort; grep -c some /proc/pressure/cpu"));
    }

    @Test
    void whatIsClosedStaysAndNothingElseIsTouched(@TempDir Path folder) throws Exception {
        for (String mode : new String[] {"rw-rw-rw-", "rw-r--r--"}) {
            Path file = Files.createFile(folder.resolve(mode));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
        PressureFiles.close(folder);
        PressureFiles.close(folder.resolve("nothing"));
        assertThat(machine("stat -c '%a %n' " + folder + "/* | sort"))
                .isEqualTo("444 %1$s/rw-rw-rw-\n644 %1$s/rw-r--r--\n".formatted(folder));
    }
}
