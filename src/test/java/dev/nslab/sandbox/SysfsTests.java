package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The /sys of a sandbox is the sysfs of its own network. It shows everything, and nothing can be written. */
@Tag("sandbox")
class SysfsTests extends UnderAttack {

    @Test
    void showsTheInterfacesOfItsOwnNetwork() {
        assertThat(console.run("ls /sys/class/net")).isEqualTo("lo\n");
        console.run("ip link add left type veth peer name right");
        assertThat(console.run("ls -1 /sys/class/net"))
                .isEqualTo(console.run("ip -o link | awk -F '[ :@]+' '{print $2}' | sort"))
                .isEqualTo("left\nlo\nright\n");
    }

    @Test
    void addressesOfTheMachinesInterfacesAreNowhere() throws IOException {
        List<String> addresses = NetworkInterface.networkInterfaces()
                .map(SysfsTests::address)
                .filter(address -> !address.isEmpty())
                .toList();
        assertThat(console.run("find /sys -name 'address' -o -name '*mac*' -type f | xargs cat 2>/dev/null"))
                .contains("00:00:00:00:00:00") // the address of its lo
                .doesNotContain(addresses);
    }

    private static String address(NetworkInterface one) {
        try {
            byte[] bytes = one.getHardwareAddress();
            return bytes == null ? "" : HexFormat.ofDelimiter(":").formatHex(bytes);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void numbersByWhichAMachineIsKnownAreForItsRoot() {
        assertThat(console.run("cat /sys/class/dmi/id/{product_serial,board_serial,product_uuid} 2>&1"))
                .matches("(cat: .*: (Permission denied|No such file or directory)\n){3}");
    }

    @Test
    void commandsRunInNamedNetworkNamespaces() {
        assertThat(console.run("ip netns add blue && ip netns exec blue ip -o link | awk '{print $2}'"))
                .isEqualTo("lo:\n");
        console.run("ip -n blue link add inner type veth peer name other");
        assertThat(console.run("ip netns exec blue ls -1 /sys/class/net")).isEqualTo("inner\nlo\nother\n");
        assertThat(console.run("unshare -Urnm sh -c 'ip netns add red && ip netns exec red ls /sys/class/net' 2>&1"))
                .as("in namespaces of one's own")
                .isEqualTo("lo\n");
        assertThat(console.run("ls /sys/class/net")).isEqualTo("lo\n");
    }

    /** mount(8) first tries a writable mount. */
    @Test
    void anotherNetworksIsMountedByTheUsualCommand() {
        for (String mount : List.of("mount -t sysfs none /mnt", "mount -t sysfs -o ro none /mnt")) {
            assertThat(console.run("ip link add left type veth peer name right; unshare -nm sh -c '" + mount
                            + " 2>&1 && ls /mnt/class/net; findmnt -rno FSTYPE,OPTIONS /mnt'"))
                    .endsWith("lo\nsysfs ro,relatime\n");
        }
    }

    @Test
    void theRootIsBoundElsewhereAllTheSame() {
        assertThat(console.run("mount --bind / /mnt && ls -d /mnt/usr && umount /mnt && echo back"))
                .isEqualTo("/mnt/usr\nback\n");
        assertThat(console.run("mount --rbind /sys /mnt && ls -d /mnt/class && umount -l /mnt && echo back"))
                .isEqualTo("/mnt/class\nback\n");
    }

    private static final String WRITE = "echo 1 > /mnt/class/net/lo/tx_queue_len; echo 1 > /mnt/class/net/lo/threaded;"
            + " echo f > /mnt/class/net/lo/queues/rx-0/rps_cpus";
    private static final String ALL_READ_ONLY = "(?s)(.*Read-only file system\n){3}";

    static Stream<Arguments> writing() {
        return Stream.of(
                Arguments.of("in /sys", WRITE.replace("/mnt", "/sys")),
                Arguments.of("after a remount", "mount --bind /sys /mnt; mount -o remount,bind,rw /mnt; " + WRITE),
                Arguments.of(
                        "after one of the file system", "mount --bind /sys /mnt; mount -o remount,rw /mnt; " + WRITE),
                Arguments.of("in one of its own", "mount -t sysfs none /mnt; mount -o remount,rw /mnt; " + WRITE),
                Arguments.of(
                        "in one of another network",
                        "unshare -nm sh -c 'mount -t sysfs none /mnt; mount -o remount,rw /mnt; " + WRITE + "'"),
                Arguments.of(
                        "in one of another network and user",
                        "unshare -Urnm sh -c 'mount -t sysfs none /mnt; mount -o remount,rw /mnt; " + WRITE + "'"),
                Arguments.of(
                        "in one that ip(8) mounts",
                        "ip netns add blue; ip netns exec blue sh -c 'mount --bind /sys /mnt; mount -o remount,bind,rw /mnt; "
                                + WRITE + "'"));
    }

    /** With these files, the root of a network could start kernel threads to which no limit of the sandbox applies. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void writing(String name, String attack) {
        assertThat(console.run("{ " + attack + "; } 2>&1")).containsPattern(ALL_READ_ONLY);
        assertThat(console.run("cat /sys/class/net/lo/tx_queue_len")).isEqualTo("1000\n");
    }

    /** Below it is an empty, read-only file system. */
    @Test
    void isNotTakenAway() {
        assertThat(console.run("umount -l /sys; umount -l /sys; mount --move /sys /mnt; ls -d /sys/class 2>/dev/null"))
                .endsWith("/sys/class\n");
    }
}
