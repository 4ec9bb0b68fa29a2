package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.namespace.ProcMount;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which PID namespace /proc shows, in real sandboxes. */
@Tag("sandbox")
class ProcMountTests {

    @AutoClose
    private final LiveSandbox live;

    ProcMountTests() throws Exception {
        live = new LiveSandbox();
    }

    @Test
    void showsWhoseProcIsMounted() throws Exception {
        live.script("tty1", "unshare -p -f sleep 1001; :");
        live.script("tty2", "unshare -m bash -c 'umount -l /proc; exec sleep 1002'");
        live.script("tty3", "unshare -p -f -m bash -c 'mount -t proc proc /proc; exec sleep 1003'; :");
        live.script("tty4", "unshare -m bash -c 'mount -t tmpfs none /proc; exec sleep 1004'");
        live.script("tty5", "unshare -m bash -c 'mount --bind /proc/sys /proc; exec sleep 1005'");
        assertThat(procMountOf("1001")).isEqualTo(ProcMount.FOREIGN);
        assertThat(procMountOf("1002")).isEqualTo(ProcMount.NONE);
        assertThat(procMountOf("1003")).isEqualTo(ProcMount.OWN);
        assertThat(procMountOf("1004")).isEqualTo(ProcMount.NONE);
        assertThat(procMountOf("1005")).isEqualTo(ProcMount.NONE);
    }

    private @Nullable ProcMount procMountOf(String argument) {
        return LiveSandbox.sleeping(live.await(1, argument), argument)
                .getFirst()
                .procMount();
    }

    @Test
    void seesAProcThatIsMountedLater() throws Exception {
        live.script(
                "tty1",
                "exec unshare -p -f -m bash -c 'sleep 1001 & until [ -e /tmp/now ]; do sleep 0.01; done;"
                        + " mount -t proc proc /proc; exec sleep 1002'");
        assertThat(procMountOf("1001")).isEqualTo(ProcMount.FOREIGN);
        live.run("tty2", "touch", "/tmp/now");
        assertThat(procMountOf("1002")).isEqualTo(ProcMount.OWN);
        assertThat(procMountOf("1001")).isEqualTo(ProcMount.OWN);
    }

    @Test
    void looksFromTheRootDirectoryOfTheProcess() throws Exception {
        live.script("tty1", "mkdir /tmp/root && mount --rbind / /tmp/root && exec chroot /tmp/root sleep 1001");
        assertThat(procMountOf("1001")).isEqualTo(ProcMount.OWN);
        // Each of the two places has another proc.
        live.script(
                "tty2",
                "exec unshare -p -f -m bash -c 'mount -t proc proc /tmp/root/proc; exec chroot /tmp/root sleep 1002'");
        assertThat(procMountOf("1002")).isEqualTo(ProcMount.OWN);
        live.script("tty3", "exec chroot /tmp/root bash -c 'umount -l /proc; exec sleep 1003'");
        assertThat(procMountOf("1003")).isEqualTo(ProcMount.NONE);
    }

    @Test
    void knowsThatAProcOfADeadPidNamespaceIsForeign() throws Exception {
        live.script("tty1", "unshare -m bash -c 'unshare -p -f mount -t proc proc /proc; exec sleep 1001'");
        assertThat(procMountOf("1001")).isEqualTo(ProcMount.FOREIGN);
    }
}
