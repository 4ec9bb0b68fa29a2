package dev.nslab.scan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Mount;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is mounted in real sandboxes, compared with what findmnt says there. */
@Tag("sandbox")
class MountSnapshotTests {

    private static final String FINDMNT =
            "exec findmnt -J -l -v -o ID,PARENT,MAJ:MIN,TARGET,FSROOT,FSTYPE,SOURCE,VFS-OPTIONS,FS-OPTIONS,OPT-FIELDS";

    @AutoClose
    private final LiveSandbox live;

    MountSnapshotTests() throws Exception {
        live = new LiveSandbox();
    }

    @Test
    void confirmsEveryKindOfMount() throws Exception {
        int shell = live.script("tty1", """
                mkdir -p /tmp/etc /tmp/twice /tmp/shared /tmp/lonely /tmp/none $'/tmp/a b\\tc\\nd\\\\\\303\\244'
                mount -t tmpfs -o size=64k,mode=700 'my source#1' /tmp/a*
                mount --bind /etc /tmp/etc && mount -o remount,bind,ro,nosuid /tmp/etc
                touch /tmp/file && mount --bind /etc/passwd /tmp/file
                mount -t tmpfs same /tmp/twice && mount -t tmpfs same /tmp/twice
                mount -t tmpfs inner /tmp/shared && mount --make-shared /tmp/shared
                mount -t tmpfs alone /tmp/lonely && mount --make-unbindable /tmp/lonely
                mount -t tmpfs '' /tmp/none
                mkdir /tmp/pts /tmp/other && mount --bind /dev/pts /tmp/pts && mount -t devpts devpts /tmp/other
                exec sleep 1001""");
        live.await(1, "1001");
        live.script("tty2", "exec unshare -m sleep 1002");
        live.script("tty3", "exec unshare -m --propagation unchanged sleep 1003");
        live.script("tty4", "exec unshare -m --propagation slave sleep 1004");
        live.script("tty5", "exec unshare -m --propagation shared sleep 1005");
        live.script("tty6", """
                exec unshare -m bash -c '
                  mkdir -p /tmp/low /tmp/top
                  mount -t tmpfs up /tmp/top && mkdir /tmp/top/up /tmp/top/work /tmp/top/all
                  mount -t overlay -o lowerdir=/tmp/low,upperdir=/tmp/top/up,workdir=/tmp/top/work all /tmp/top/all
                  exec sleep 1006'""");
        live.script(
                "tty7",
                "exec unshare -m --propagation slave bash -c 'mount --make-shared /tmp/shared; exec sleep 1007'");
        Snapshot snapshot = live.await(seen -> IntStream.rangeClosed(1001, 1007)
                .allMatch(number ->
                        LiveSandbox.sleeping(seen, Integer.toString(number)).size() == 1));
        confirmsProcesses(shell, snapshot);
        confirmsNamespaces(snapshot);
        assertThat(kinds(snapshot)).contains("private", "shared", "slave", "shared,slave", "unbindable");
        assertThat(mounts(snapshot, "1001").mounts())
                .anySatisfy(mount -> assertThat(mount.source()).isEmpty())
                .anySatisfy(mount -> assertThat(mount.point()).isEqualTo("/tmp/a b\tc\nd\\ä"));
        assertThat(device(snapshot, "/tmp/pts")).isEqualTo(device(snapshot, "/dev/pts"));
        assertThat(device(snapshot, "/tmp/other")).isNotEqualTo(device(snapshot, "/dev/pts"));
        // Copies that do not differ are not sent again.
        NamespaceMounts copies = mounts(snapshot, "1002");
        assertThat(copies.base()).isEqualTo(ownMounts(snapshot).inode());
        assertThat(copies.mounts()).extracting(Mount::point).containsExactly("/tmp/shared", "/tmp/lonely");
        assertThat(mounts(snapshot, "1003").mounts()).extracting(Mount::point).containsExactly("/tmp/lonely");
        assertThat(mounts(snapshot, "1004").mounts())
                .filteredOn(mount -> mount.point().equals("/tmp/shared"))
                .singleElement()
                .satisfies(mount -> assertThat(mount.master()).isNotNull());
        assertThat(mounts(snapshot, "1006").mounts())
                .filteredOn(mount -> mount.point().startsWith("/tmp/top"))
                .extracting(Mount::type)
                .containsExactly("tmpfs", "overlay");
    }

    @Test
    void confirmsWhatOthersSeeFromTheirRoot() throws Exception {
        int shell = live.script("tty1", """
                mkdir /tmp/box /tmp/box/in /tmp/plain && mount --rbind / /tmp/box && mount -t tmpfs inside /tmp/box/mnt
                mount --rbind /usr /tmp/plain
                exec sleep 1001""");
        live.await(1, "1001");
        live.script("tty2", "exec chroot /tmp/box sleep 1002");
        live.script("tty3", "exec unshare -m chroot /tmp/box sleep 1003");
        live.script("tty4", """
                exec unshare -m bash -c '
                  mount -t tmpfs new /tmp/plain && cd /tmp/plain && mkdir old usr proc && mount --rbind /usr usr && mount --rbind /proc proc
                  for d in bin lib lib64; do ln -s usr/$d $d; done
                  pivot_root . old && cd / && umount -l /old && exec sleep 1004'""");
        Snapshot snapshot = live.await(seen -> IntStream.rangeClosed(1001, 1004)
                .allMatch(number ->
                        LiveSandbox.sleeping(seen, Integer.toString(number)).size() == 1));
        confirmsProcesses(shell, snapshot);
        confirmsNamespaces(snapshot);
        assertThat(sleeper(snapshot, "1002").root()).isEqualTo("/tmp/box");
        assertThat(sleeper(snapshot, "1003").root()).isEqualTo("/tmp/box");
        assertThat(sleeper(snapshot, "1004").root()).isEqualTo("/");
        assertThat(sleeper(snapshot, "1002").mounts())
                .anySatisfy(mount -> assertThat(mount.point()).isEqualTo("/mnt"));
        assertThat(mounts(snapshot, "1004").all())
                .extracting(Mount::point)
                .contains("/", "/usr")
                .doesNotContain("/old", "/tmp");
    }

    @Test
    void countsWhatIsBeyondTheBound() throws Exception {
        int shell = live.script("tty1", """
                exec unshare -m bash -c '
                  mkdir /tmp/many; for ((i = 0; i < 600; i++)); do mount -t tmpfs x /tmp/many; done; exec sleep 1001'""");
        Snapshot snapshot = live.await(1, "1001");
        NamespaceMounts mounts = mounts(snapshot, "1001");
        assertThat(mounts.more()).isPositive();
        assertThat(mounts.all().size() + mounts.more())
                .isEqualTo(findmnt(shell, shell).size());
    }

    private void confirmsProcesses(int shell, Snapshot snapshot) throws Exception {
        for (SandboxProcess process : snapshot.processes()) {
            assertThat(process.mounts()).as("of %s", process).isEqualTo(findmnt(shell, process.pid()));
        }
    }

    /** The completed list of a namespace is what the member with the outermost root sees. */
    private void confirmsNamespaces(Snapshot snapshot) {
        NamespaceMounts base = ownMounts(snapshot).mounts();
        assertThat(snapshot.namespaces().stream().filter(namespace -> namespace.type() == NamespaceType.MNT))
                .hasSizeGreaterThan(2)
                .allSatisfy(namespace -> {
                    NamespaceMounts told = namespace.mounts();
                    Stream<Mount> kept = told.base() == null
                            ? Stream.of()
                            : base.mounts().stream()
                                    .filter(mount -> !told.without().contains(mount.id()));
                    assertThat(counted(Stream.concat(kept, told.mounts().stream())))
                            .isEqualTo(counted(told.all().stream()));
                });
        assertThat(snapshot.processes().stream().filter(process -> "/".equals(process.root())))
                .allSatisfy(process -> assertThat(LiveSandbox.namespace(snapshot, process, NamespaceType.MNT)
                                .mounts()
                                .all())
                        .isEqualTo(process.mounts()));
    }

    private static Map<Mount, Long> counted(Stream<Mount> mounts) {
        return mounts.map(mount -> mount.with(0, 0)).collect(groupingBy(mount -> mount, counting()));
    }

    private static Namespace ownMounts(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .filter(namespace -> namespace.type() == NamespaceType.MNT && namespace.sandboxRoot())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kinds(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .flatMap(namespace -> namespace.mounts().all().stream())
                .map(Mount::propagation)
                .distinct()
                .toList();
    }

    private static SandboxProcess sleeper(Snapshot snapshot, String argument) {
        return LiveSandbox.sleeping(snapshot, argument).getFirst();
    }

    private static NamespaceMounts mounts(Snapshot snapshot, String argument) {
        return LiveSandbox.namespace(snapshot, sleeper(snapshot, argument), NamespaceType.MNT)
                .mounts();
    }

    private static String device(Snapshot snapshot, String point) {
        return mounts(snapshot, "1001").mounts().stream()
                .filter(mount -> mount.point().equals(point))
                .map(Mount::device)
                .findFirst()
                .orElseThrow();
    }

    private List<Mount> findmnt(int shell, int pid) throws Exception {
        String json = String.join("\n", live.witness(live.hostPid(shell), FINDMNT + " -N " + pid));
        return new JsonMapper()
                .readTree(json)
                .get("filesystems")
                .valueStream()
                .map(MountSnapshotTests::mount)
                .toList();
    }

    private static Mount mount(JsonNode row) {
        List<String> tags = words(row, "opt-fields", " ");
        Integer peerGroup = number(tags, "shared:");
        Integer master = number(tags, "master:");
        String propagation = Stream.of(
                        peerGroup == null ? null : "shared",
                        master == null ? null : "slave",
                        tags.contains("unbindable") ? "unbindable" : null)
                .filter(Objects::nonNull)
                .collect(joining(","));
        return new Mount(
                row.get("id").asInt(),
                row.get("parent").asInt(),
                row.get("maj:min").asString(),
                row.get("target").asString(),
                row.get("fsroot").asString(),
                row.get("fstype").asString(),
                row.get("source").asString(""),
                words(row, "vfs-options", ","),
                words(row, "fs-options", ","),
                propagation.isEmpty() ? "private" : propagation,
                peerGroup,
                master);
    }

    private static List<String> words(JsonNode row, String column, String separator) {
        return Stream.of(row.get(column).asString("").split(separator))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static @Nullable Integer number(List<String> tags, String prefix) {
        return tags.stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> Integer.valueOf(tag.substring(prefix.length())))
                .findFirst()
                .orElse(null);
    }
}
