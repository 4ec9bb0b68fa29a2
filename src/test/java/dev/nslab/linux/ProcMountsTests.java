package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

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
}
