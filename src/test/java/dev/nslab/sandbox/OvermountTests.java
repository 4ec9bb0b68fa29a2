package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nslab.linux.ProcFs;
import dev.nslab.scan.InsideView;
import dev.nslab.scan.SandboxRoot;
import dev.nslab.scan.SnapshotSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A learner puts something else where the lab might look: programs, libraries, /proc, terminals, files that are read at
 * a start. The lab goes on. At worst it lacks what they took away, until a reset.
 */
@Tag("sandbox")
class OvermountTests extends UnderAttack {

    private void panelIsAlive() {
        SnapshotSource panel = new SnapshotSource(new ProcFs(Path.of("/proc")), sandbox.id(), InsideView.of(sandbox));
        assertThat(panel.take(SandboxRoot.of(sandbox), Map.of(), true).processes())
                .extracting(process -> process.command())
                .contains("init");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount -t tmpfs none /usr",
                "mount --bind /usr/bin/false /usr/bin/bash",
                "mount --bind /dev/null /usr/bin/bash",
                "for l in /usr/lib/*/libc.so.6; do mount --bind /dev/null $l; done",
                "for l in /usr/lib*/ld-linux* /usr/lib/*/ld-linux*; do mount --bind /dev/zero $l; done"
            })
    void programsAreMissedUntilAReset(String attack) throws Exception {
        console.run(attack);
        panelIsAlive();
        // A shell is refused, or it is what they put there, which harms nobody else.
        assertThatCode(() -> sandbox.open(new ShellRequest(List.of("bash", "-l"), 80, 24, Map.of()))
                        .end())
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(SandboxException.class));
        assertThat(Files.size(Path.of("/usr/bin/bash"))).isPositive();
        panelIsAlive();
        aResetGivesItBack();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount -t tmpfs none /proc",
                "umount -l /proc",
                "umount -l /proc; rmdir /proc; ln -s / /proc",
                "umount -l /proc; rmdir /proc; mkfifo /proc",
                "mount -t tmpfs none /proc; for p in {1..99}; do mkdir -p /proc/$p; mkfifo /proc/$p/status; done",
                "mount -t tmpfs none /dev/pts",
                "mount -t tmpfs none /dev; mkfifo /dev/ptmx /dev/null /dev/tty",
                "rm /etc/hostname; mkfifo /etc/hostname",
                "rm /etc/hostname; ln -s /dev/zero /etc/hostname",
                "mount -t tmpfs none /root",
                "cd /; mv /root /root.old; mkfifo /root",
                "umount -l /"
            })
    void terminalsAreOpenedAllTheSame(String attack) throws Exception {
        console.run(attack);
        panelIsAlive();
        assertThatCode(() -> {
                    try (Console after =
                            new Console(sandbox.open(new ShellRequest(List.of("bash", "--norc"), 80, 24, Map.of())))) {
                        after.type("echo he''re\n");
                        after.await("here");
                    }
                })
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(attack).isEqualTo("umount -l /"));
        panelIsAlive();
        aResetGivesItBack();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm /root/.bashrc /root/.profile; mkfifo /root/.bashrc /root/.profile",
                "rm /etc/passwd; mkfifo /etc/passwd",
                "ln -sf /dev/zero /etc/passwd"
            })
    void whatAShellReadsAtItsStartHoldsThatShellAlone(String attack) throws Exception {
        console.run(attack);
        Shell hanging = sandbox.open(new ShellRequest(List.of("bash", "-l"), 80, 24, Map.of()));
        assertThat(console.run("echo here")).isEqualTo("here\n");
        panelIsAlive();
        hanging.end();
        hanging.master().close();
        aResetGivesItBack();
    }
}
