package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcMountsTests {

    private static final String ROOT = "20 1 0:30 / / rw,relatime - tmpfs tmpfs rw\n";
    private static final String PROC = "21 20 0:45 / /proc rw,nosuid shared:7 master:2 - proc proc rw\n";

    private static String device(String mountinfo) {
        return ProcMounts.parse(ProcText.of(mountinfo)).procDevice();
    }

    @Test
    void findsTheProc() {
        assertThat(device(ROOT + PROC + "22 20 0:46 / /dev rw - tmpfs tmpfs rw\n"))
                .isEqualTo("0:45");
    }

    @Test
    void findsNoneWhereNoneIs() {
        assertThat(device(ROOT)).isEmpty();
        assertThat(device("")).isEmpty();
    }

    @Test
    void takesTheOneOnTop() {
        assertThat(device(ROOT + PROC + "30 21 0:50 / /proc rw - proc proc rw\n"))
                .isEqualTo("0:50");
    }

    @Test
    void goesByWhatIsMountedOnWhatNotByTheOrder() {
        assertThat(device(ROOT + "15 21 0:50 / /proc rw - proc proc rw\n" + PROC))
                .isEqualTo("0:50");
    }

    @Test
    void findsNoneUnderAnotherFileSystem() {
        assertThat(device(ROOT + PROC + "30 21 0:50 / /proc rw - tmpfs none rw\n"))
                .isEmpty();
    }

    @Test
    void findsNoneWhereOnlyAPartIsMounted() {
        assertThat(device(ROOT + "21 20 0:45 /sys /proc rw - proc proc rw\n")).isEmpty();
    }

    @Test
    void isNotFooledByNames() {
        assertThat(device(ROOT + "22 20 0:45 / /mnt/\\040/proc rw - proc proc rw\n"))
                .isEmpty();
        assertThat(device(ROOT + "22 20 0:45 / /proc rw a - b - proc - proc\n")).isEmpty();
        assertThat(device("junk\n\n- - -\n" + PROC)).isEqualTo("0:45");
    }

    @Test
    void findsMountedNamespaces() {
        assertThat(ProcMounts.parse(ProcText.of(ROOT
                                + "30 20 0:4 net:[4026532300] /run/netns/a\\040\\134b rw shared:9 - nsfs nsfs rw\n"
                                + "31 20 0:50 /net:[1] /mnt rw - tmpfs none rw\n"))
                        .namespaces())
                .containsExactly(
                        new MountTable.Bound(new NamespaceId(NamespaceType.NET, 4026532300L), "/run/netns/a \\b"));
    }

    @Test
    void readsAllFields() {
        assertThat(mounts("36 35 98:0 /mnt1 /mnt\\0402 rw,noatime shared:11 master:9 propagate_from:4 - ext3 /dev/root"
                        + " rw,errors=continue\n"))
                .containsExactly(new Mount(
                        36,
                        35,
                        "98:0",
                        "/mnt 2",
                        "/mnt1",
                        "ext3",
                        "/dev/root",
                        List.of("rw", "noatime"),
                        List.of("rw", "errors=continue"),
                        "shared,slave",
                        11,
                        9));
    }

    @Test
    void namesThePropagation() {
        assertThat(mounts(line("") + line(" shared:1") + line(" master:2") + line(" unbindable")))
                .extracting(Mount::propagation)
                .containsExactly("private", "shared", "slave", "unbindable");
    }

    private static String line(String tag) {
        return "36 35 98:0 / /mnt rw" + tag + " - tmpfs none rw\n";
    }

    @Test
    void unescapesWhatWasEscaped() {
        assertThat(mounts("36 35 0:9 / /ä\\011\\012\\134040 rw - fuse.a\\040b \\043x rw,lowerdir=/a\\054b,c\n"))
                .containsExactly(new Mount(
                        36,
                        35,
                        "0:9",
                        "/ä\t\n\\040",
                        "/",
                        "fuse.a b",
                        "#x",
                        List.of("rw"),
                        List.of("rw", "lowerdir=/a,b", "c"),
                        "private",
                        null,
                        null));
    }

    @Test
    void knowsAnEmptySource() {
        Mount mount = mounts("36 35 0:9 / /mnt rw - tmpfs  rw,size=4k\n").getFirst();
        assertThat(mount.source()).isEmpty();
        assertThat(mount.superOptions()).containsExactly("rw", "size=4k");
    }

    @Test
    void countsWhatIsBeyondTheBound() {
        MountTable many = ProcMounts.parse(ProcText.of(line("").repeat(ProcMounts.MOST_MOUNTS + 3)));
        assertThat(many.mounts()).hasSize(ProcMounts.MOST_MOUNTS);
        assertThat(many.more()).isEqualTo(3);
        String longOne = "36 35 0:9 / /" + "x".repeat(4000) + " rw - tmpfs " + "y".repeat(4000) + " rw\n";
        MountTable large = ProcMounts.parse(ProcText.of(longOne.repeat(100)));
        assertThat(large.mounts().size() + large.more()).isEqualTo(100);
        assertThat(large.mounts()).hasSizeBetween(10, ProcMounts.MOST_CHARACTERS / 5000);
        assertThat(large.mounts().getFirst().source())
                .hasSize(ProcMounts.LONGEST_WORD + 1)
                .endsWith("…");
    }

    @Test
    void isNotParsedAgainWhileItIsAsItWas() {
        MountTable table = ProcMounts.parse(ProcText.of(ROOT + PROC));
        assertThat(table.isOf(ProcText.of(ROOT + PROC))).isTrue();
        assertThat(table.isOf(ProcText.of(ROOT))).isFalse();
        assertThat(table.isOf(ProcText.of(""))).isFalse();
    }

    private static List<Mount> mounts(String mountinfo) {
        return ProcMounts.parse(ProcText.of(mountinfo)).mounts();
    }
}
