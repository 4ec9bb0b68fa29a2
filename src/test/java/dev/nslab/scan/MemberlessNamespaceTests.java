package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Mount;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.UidMap;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What snapshots say about namespaces without processes, compared with what processes see that enter them. */
@Tag("sandbox")
class MemberlessNamespaceTests {

    /**
     * Since Linux 6.18, a new mount namespace may, depending on the processor, count as older than the one that it is
     * mounted in. Then the mount fails with EINVAL.
     */
    private static final String MOUNT_NAMESPACE = "until unshare --mount=/tmp/d/m";

    private static final String USER_NAMESPACE = """
            unshare -U -r sleep 1003 & p=$!
            until grep -qs sleep /proc/$p/comm; do :; done
            touch /tmp/u; mount --bind /proc/$p/ns/user /tmp/u; kill -9 $p; wait; exec sleep 1001""";

    @AutoClose
    private final LiveSandbox live = LiveSandbox.withBystander();

    MemberlessNamespaceTests() throws Exception {}

    private Namespace at(Snapshot snapshot, String path) throws Exception {
        Namespace namespace = LiveSandbox.namespace(snapshot, live.inode(path));
        assertThat(namespace.members()).isZero();
        return namespace;
    }

    @Test
    void interfaces() throws Exception {
        live.script("tty2", """
                mkdir -p /run/netns; touch /run/netns/blue; unshare --net=/run/netns/blue sh -c '
                  ip link add left type veth peer name right; ip link add name hub type bridge'
                exec sleep 1001""");
        Namespace blue = at(live.await(1, "1001"), "/run/netns/blue");
        assertThat(blue.interfaces())
                .containsExactlyElementsOf(
                        live.inside("nsenter --net=/run/netns/blue ip -o link | sed 's/^[0-9]*: \\([a-z]*\\).*/\\1/'"))
                .containsExactlyInAnyOrder("lo", "left", "right", "hub");
    }

    @Test
    void mounts() throws Exception {
        live.script("tty2", """
                mkdir /tmp/d; mount --bind /tmp/d /tmp/d; mount --make-private /tmp/d; touch /tmp/d/m
                %s sh -c 'mount -t tmpfs -o size=1m inner /mnt; umount /sys/fs/cgroup; :'; do :; done
                exec sleep 1001""".formatted(MOUNT_NAMESPACE));
        Snapshot snapshot = live.await(1, "1001");
        Namespace apart = at(snapshot, "/tmp/d/m");
        assertThat(apart.mounts().all().stream().map(MemberlessNamespaceTests::line))
                .containsExactlyElementsOf(
                        live.inside("nsenter --mount=/tmp/d/m cat /proc/self/mountinfo | cut -d ' ' -f 1,2,4,5"));
        assertThat(apart.mounts().more()).isZero();
        Namespace own = snapshot.namespaces().stream()
                .filter(namespace -> namespace.sandboxRoot() && namespace.type() == NamespaceType.MNT)
                .findFirst()
                .orElseThrow();
        assertThat(apart.mounts().base()).isEqualTo(own.inode());
        assertThat(apart.mounts().mounts()).extracting(Mount::point).contains("/mnt");
        assertThat(live.snapshot()).isSameAs(snapshot);
        assertThat(live.snapshotAsked()).isSameAs(snapshot);
        seesWhatItSaw();
    }

    /** The init itself has not changed: it opens shells, in the root directory that it had. */
    private void seesWhatItSaw() throws Exception {
        live.script("tty3", "[ -e /opt/nslab ] && [ ! -e /opt/nslab/x ] && cd / && exec sleep 1002");
        live.await(1, "1002");
    }

    @Test
    void moreMountsThanHaveRoom() throws Exception {
        live.script("tty2", """
                mkdir /tmp/d; mount --bind /tmp/d /tmp/d; mount --make-private /tmp/d; touch /tmp/d/m
                %s sh -c 'for n in $(seq 300); do mkdir -p /mnt/$n; mount --bind /tmp /mnt/$n; done'; do :; done
                exec sleep 1001""".formatted(MOUNT_NAMESPACE));
        NamespaceMounts mounts = at(live.await(1, "1001"), "/tmp/d/m").mounts();
        List<String> lines = live.inside("nsenter --mount=/tmp/d/m cat /proc/self/mountinfo | cut -d ' ' -f 1,2,4,5");
        assertThat(mounts.more()).isPositive();
        assertThat(mounts.all()).hasSize(lines.size() - mounts.more());
        assertThat(mounts.all().stream().map(MemberlessNamespaceTests::line))
                .containsExactlyElementsOf(lines.subList(0, mounts.all().size()));
    }

    private static String line(Mount mount) {
        return mount.id() + " " + mount.parent() + " " + mount.root() + " " + mount.point();
    }

    @Test
    void uidMapOfOneThatIsMounted() throws Exception {
        live.script("tty2", USER_NAMESPACE);
        Namespace user = at(live.await(1, "1001"), "/tmp/u");
        assertThat(user.uidMap().stream().map(MemberlessNamespaceTests::line))
                .isNotEmpty()
                .containsExactlyElementsOf(live.inside(
                        "nsenter --user=/tmp/u --preserve-credentials sleep 1000 & until grep -qs sleep /proc/$!/comm; do :; done;"
                                + " tr -s ' ' </proc/$!/uid_map | sed 's/^ //'; kill -9 $!"));
    }

    private static String line(UidMap.Extent extent) {
        return extent.inside() + " " + extent.outside() + " " + extent.count();
    }

    @Test
    void uidMapsOfThoseThatOnlyOwnOthers() throws Exception {
        live.script("tty2", "exec unshare -U -r unshare -U -r unshare -U -r unshare -u sleep 2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace inner = LiveSandbox.namespace(snapshot, sleep, NamespaceType.USER);
        Namespace middle = LiveSandbox.namespace(snapshot, requireNonNull(inner.parent()));
        Namespace outer = LiveSandbox.namespace(snapshot, requireNonNull(middle.parent()));
        assertThat(List.of(middle, outer)).allSatisfy(namespace -> {
            assertThat(namespace.members()).isZero();
            assertThat(namespace.uidMap()).containsExactly(new UidMap.Extent(0, 0, 1));
        });
        assertThat(live.snapshotAsked()).isSameAs(snapshot);
    }

    @Test
    void asManyLevelsAsTheKernelAllows() throws Exception {
        // The kernel allows 33 levels, of which two are the sandbox's own.
        live.script("tty2", "exec " + "unshare -U -r -p -f ".repeat(30) + "sleep 2000");
        Snapshot snapshot = live.await(1, "2000");
        assertThat(LiveSandbox.sleeping(snapshot, "2000").getFirst().pids()).hasSize(31);
        assertThat(snapshot.namespaces().stream().filter(namespace -> !namespace.sandboxRoot()))
                .hasSize(60);
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void noHelperOfTheInitsIsSeenOrLeft() throws Exception {
        live.script("tty2", USER_NAMESPACE);
        Snapshot snapshot = live.await(1, "1001");
        assertThat(at(snapshot, "/tmp/u").uidMap()).isNotEmpty();
        for (int look = 0; look < 20; look++) {
            assertThat(live.snapshotAsked()).isSameAs(snapshot);
        }
        assertThat(live.inside("ps --no-headers --ppid 1 -o comm=")).doesNotContain("unshare-helper", "init");
    }
}
