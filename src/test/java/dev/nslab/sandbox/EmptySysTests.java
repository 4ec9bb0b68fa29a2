package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.limits.SandboxRights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A /sys without sysfs, which is what {@code nslab.sysfs: false} gives, and a machine whose own sysfs is not wholly
 * visible.
 */
@Tag("sandbox")
class EmptySysTests extends UnderAttack {
    @Override
    SandboxRights rights() {
        return new SandboxRights(true, false);
    }

    @Test
    void showsNothing() {
        assertThat(console.run("find /sys ! -path '/sys/fs/cgroup/*'")).isEqualTo("/sys\n/sys/fs\n/sys/fs/cgroup\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mkdir /sys/class | Read-only file system",
                "echo 1 > /sys/file | Read-only file system",
                "mount -o remount,rw /sys; echo 1 > /sys/file | Read-only file system",
                "mount -o remount,bind,rw /sys; echo 1 > /sys/file | Read-only file system",
                "mount -t sysfs none /mnt | permission denied",
                "mount -t sysfs -o ro none /mnt | permission denied",
                "unshare -Urnm mount -t sysfs -o ro none /mnt | permission denied",
                "umount -l /sys; mount -t sysfs -o ro none /mnt | permission denied"
            })
    void takesNothingAndNoOtherCanBeMounted(String attack, String reason) {
        assertThat(console.run("{ " + attack + "; } 2>&1")).contains(reason);
    }
}
