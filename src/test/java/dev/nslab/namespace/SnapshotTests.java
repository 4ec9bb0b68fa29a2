package dev.nslab.namespace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("sandbox")
class SnapshotTests {

    private LiveSandbox live;

    @BeforeEach
    void start() throws Exception {
        live = new LiveSandbox();
    }

    @AfterEach
    void end() {
        live.close();
    }

    private static Namespace namespace(Snapshot snapshot, long inode) {
        return snapshot.namespaces().stream()
                .filter(namespace -> namespace.inode() == inode)
                .findFirst()
                .orElseThrow();
    }

    private static Namespace namespace(Snapshot snapshot, SandboxProcess process, NamespaceType type) {
        return namespace(snapshot, requireNonNull(process.namespaces().get(type.toString())));
    }

    @Test
    void showsAFreshSandbox() {
        Snapshot snapshot = live.snapshot();
        assertThat(snapshot.sandbox()).isEqualTo(live.sandbox.id());
        assertThat(snapshot.processes()).hasSize(1);
        SandboxProcess init = snapshot.processes().getFirst();
        assertThat(init.pids()).containsExactly(1);
        assertThat(init.parent()).isZero();
        assertThat(init.command()).isEqualTo("init");
        assertThat(init.uid()).isZero();
        assertThat(init.procMount()).isEqualTo(ProcMount.OWN);
        assertThat(init.namespaces()).containsOnlyKeys(SandboxScan.LINKS);
        assertThat(init.namespaces()).containsAllEntriesOf(live.sandbox.namespaces());
        assertThat(snapshot.namespaces()).hasSize(8).allMatch(Namespace::sandboxRoot);
        assertThat(namespace(snapshot, init, NamespaceType.UTS).hostname()).isEqualTo("lab");
    }

    @Test
    void showsAShellInItsTerminal() throws Exception {
        int pid = live.run("tty1", "sleep", "1000");
        Snapshot snapshot = live.await(1, "1000");
        SandboxProcess sleep = snapshot.processes().getLast();
        assertThat(sleep.pid()).isEqualTo(pid);
        assertThat(sleep.parent()).isEqualTo(1);
        assertThat(sleep.arguments()).containsExactly("sleep", "1000");
        assertThat(sleep.tty()).isEqualTo("pts/0");
        assertThat(sleep.terminal()).isEqualTo("tty1");
        assertThat(sleep.procMount()).isEqualTo(ProcMount.OWN);
        new Witness(live, pid).confirms(snapshot);
    }

    @Test
    void showsNestedPidNamespaces() throws Exception {
        int bystander = live.run("tty2", "sleep", "1000");
        live.script("tty3", """
                unshare -p -f -u --mount-proc bash -c '
                  hostname namespace1
                  unshare -p -f -u --mount-proc bash -c "hostname namespace2; sleep 2000; :"
                  :'
                :""");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess innermost = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        assertThat(innermost.pids()).hasSize(3);
        assertThat(innermost.terminal()).isEqualTo("tty3");
        assertThat(namespace(snapshot, innermost, NamespaceType.UTS).hostname()).isEqualTo("namespace2");
        assertThat(snapshot.namespaces().stream().map(Namespace::hostname)).contains("lab", "namespace1", "namespace2");
        assertThat(snapshot.processes().stream()
                        .filter(process -> process.command().equals("unshare"))
                        .map(SandboxProcess::procMount))
                .containsExactly(ProcMount.FOREIGN, ProcMount.FOREIGN);
        assertThat(innermost.procMount()).isEqualTo(ProcMount.OWN);
        new Witness(live, bystander).confirms(snapshot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m", "-u", "-i", "-n", "-C", "-U", "-T -f", "-p -f", "-U -r -p -f -m --mount-proc"})
    void showsEachTypeOfNamespace(String options) throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "unshare " + options + " sleep 2000; :");
        Snapshot snapshot = live.await(1, "2000");
        assertThat(snapshot.namespaces()).hasSizeGreaterThan(8);
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsUserNamespacesWithoutMembersBetween() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "exec unshare -U -r unshare -U -r unshare -U -r unshare -u sleep 2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace innermost = namespace(snapshot, sleep, NamespaceType.USER);
        Namespace middle = namespace(snapshot, requireNonNull(innermost.parent()));
        Namespace outer = namespace(snapshot, requireNonNull(middle.parent()));
        assertThat(middle.members()).isZero();
        assertThat(middle.heldBy()).containsExactly("namespace");
        assertThat(outer.parent())
                .isEqualTo(snapshot.processes().getFirst().namespaces().get("user"));
        assertThat(namespace(snapshot, sleep, NamespaceType.UTS).owner()).isEqualTo(innermost.inode());
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void doesNotKnowAPidNamespaceBeforeItsFirstProcess() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.run("tty2", "unshare", "-p", "sleep", "2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        // The kernel shows it to nobody before it has an init.
        assertThat(sleep.namespaces()).containsKey("pid").doesNotContainKey("pid_for_children");
        assertThat(sleep.procMount()).isEqualTo(ProcMount.OWN);
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsAPidNamespaceThatIsHeldThoughItsInitIsDead() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "exec unshare -p bash -c 'bash -c :; exec sleep 2000'");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace dead = namespace(snapshot, requireNonNull(sleep.namespaces().get("pid_for_children")));
        assertThat(dead.members()).isZero();
        assertThat(dead.heldBy()).containsExactly("pid_for_children");
        assertThat(dead.parent()).isEqualTo(sleep.namespaces().get("pid"));
        new Witness(live, bystander).confirms(snapshot);
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
    void seesANewHostNameWhenAskedAgain() throws Exception {
        live.script("tty1", "hostname renamed; exec sleep 1001");
        Snapshot snapshot = live.await(1, "1001");
        assertThat(namespace(snapshot, snapshot.processes().getFirst(), NamespaceType.UTS)
                        .hostname())
                .isEqualTo("renamed");
    }

    @Test
    void showsZombiesOrphansAndProcessesWithoutTerminal() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        // A zombie: its parent became a program that does not wait for it.
        int zombieParent = live.script("tty2", "sleep 0 & exec sleep 1001");
        live.script("tty3", "(setsid sleep 1002 </dev/null &>/dev/null &); exec sleep 1003");
        live.script("tty4", "unshare -p -f bash -c '(sleep 1004 &); exec sleep 1005'; :");
        live.await(1, "1004");
        live.await(1, "1002");
        Snapshot snapshot = live.await(taken -> taken.processes().stream()
                .anyMatch(process ->
                        process.parent() == zombieParent && process.state().equals("Z")));
        SandboxProcess daemon = LiveSandbox.sleeping(snapshot, "1002").getFirst();
        assertThat(daemon.parent()).isEqualTo(1);
        assertThat(daemon.tty()).isNull();
        assertThat(daemon.terminal()).isNull();
        SandboxProcess nestedOrphan = LiveSandbox.sleeping(snapshot, "1004").getFirst();
        SandboxProcess nestedInit = LiveSandbox.sleeping(snapshot, "1005").getFirst();
        assertThat(nestedInit.pids()).last().isEqualTo(1);
        assertThat(nestedOrphan.parent()).isEqualTo(nestedInit.pid());
        assertThat(snapshot.processes().stream()
                        .filter(process -> process.state().equals("Z")))
                .singleElement()
                .satisfies(zombie -> {
                    assertThat(zombie.arguments()).isEmpty();
                    assertThat(zombie.namespaces()).containsKey("user").doesNotContainKey("mnt");
                    assertThat(zombie.procMount()).isEqualTo(ProcMount.NONE);
                });
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsAProcessThatMovedIntoAnothersNamespaces() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "unshare -u -i -p -f --mount-proc sleep 1001; :");
        int target =
                LiveSandbox.sleeping(live.await(1, "1001"), "1001").getFirst().pid();
        live.script("tty3", "nsenter -t " + target + " -m -u -i -p sleep 1002; :");
        Snapshot snapshot = live.await(1, "1002");
        SandboxProcess one = LiveSandbox.sleeping(snapshot, "1001").getFirst();
        SandboxProcess other = LiveSandbox.sleeping(snapshot, "1002").getFirst();
        assertThat(other.namespaces()).isEqualTo(one.namespaces());
        assertThat(other.pids()).hasSize(2);
        assertThat(other.terminal()).isEqualTo("tty3");
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsAllOfManyProcesses() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "for i in {1..100}; do sleep 1001 & done; wait");
        new Witness(live, bystander).confirms(live.await(100, "1001"));
    }

    @Test
    void loosesAllThatDieWithAnInit() throws Exception {
        live.script("tty1", "unshare -p -f --mount-proc bash -c 'unshare -p -f sleep 1001; :'; exec sleep 1002");
        Snapshot nested = live.await(1, "1001");
        int init = nested.processes().stream()
                .filter(process -> process.pids().size() == 2)
                .mapToInt(SandboxProcess::pid)
                .min()
                .orElseThrow();
        live.run("tty2", "kill", "-9", Integer.toString(init));
        Snapshot after = live.await(1, "1002");
        assertThat(after.processes()).allMatch(process -> process.pids().size() == 1);
        assertThat(live.await(taken -> taken.processes().size() == 2).namespaces())
                .hasSize(8);
    }

    @Test
    void showsHostileNamesAsTheyAre() throws Exception {
        live.script("tty1", """
                cp /bin/sleep $'/tmp/) S 1 (\\xff\\n'
                exec -a $'<b>\\e[31m\\u202e\\xff\\n' $'/tmp/) S 1 (\\xff\\n' 1001""");
        Snapshot snapshot = live.await(taken -> taken.processes().stream()
                .anyMatch(process -> process.arguments().contains("1001")
                        && process.command().startsWith(")")));
        SandboxProcess hostile = snapshot.processes().getLast();
        assertThat(hostile.command()).isEqualTo(") S 1 (\ufffd\n");
        assertThat(hostile.arguments()).containsExactly("<b>\u001b[31m\u202e\ufffd\n", "1001");
        assertThat(hostile.parent()).isEqualTo(1);
    }

    @Test
    void countsARevisionOnlyForAChange() throws Exception {
        live.run("tty1", "sleep", "1001");
        Snapshot snapshot = live.await(1, "1001");
        assertThat(live.snapshot()).isSameAs(snapshot);
        assertThat(live.snapshotAsked()).isSameAs(snapshot);
        live.run("tty2", "sleep", "1002");
        assertThat(live.await(1, "1002").revision()).isGreaterThan(snapshot.revision());
    }

    @Test
    void goesOnAfterAReset() throws Exception {
        live.run("tty1", "sleep", "1001");
        Snapshot before = live.await(1, "1001");
        live.sandbox.reset();
        Snapshot after = live.snapshot();
        assertThat(after.processes()).hasSize(1);
        assertThat(after.revision()).isGreaterThan(before.revision());
    }

    @Test
    void isEmptyAfterTheEnd() throws Exception {
        live.run("tty1", "sleep", "1001");
        SandboxRoot root = SandboxRoot.of(live.sandbox);
        live.await(1, "1001");
        live.sandbox.end();
        assertThat(live.snapshot(root).processes()).isEmpty();
        assertThat(live.snapshot(root).namespaces()).isEmpty();
    }

    @Test
    void namesNothingOutsideTheSandbox() throws Exception {
        live.script("tty1", "unshare -U -r -m -u -i -n -C -T -p -f --mount-proc sleep 1001; :");
        Snapshot snapshot = live.await(1, "1001");
        var inodes = snapshot.namespaces().stream().map(Namespace::inode).toList();
        assertThat(snapshot.namespaces()).allSatisfy(namespace -> {
            assertThat(namespace.parent())
                    .satisfiesAnyOf(
                            parent -> assertThat(parent).isNull(),
                            parent -> assertThat(inodes).contains(parent));
            assertThat(namespace.owner())
                    .satisfiesAnyOf(
                            owner -> assertThat(owner).isNull(),
                            owner -> assertThat(inodes).contains(owner));
        });
    }

    @Test
    void leavesNoFileOpen() throws Exception {
        live.script("tty1", "unshare -U -r -m -u -i -n -p -f --mount-proc sleep 1001; :");
        live.await(1, "1001");
        long before = openFiles();
        for (int round = 0; round < 200; round++) {
            live.snapshotAsked();
        }
        assertThat(openFiles()).isEqualTo(before);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
