package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.ProcMount;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces of real sandboxes, in snapshots and as independent witnesses see them. */
@Tag("sandbox")
class NamespaceSnapshotTests {

    @AutoClose
    private final LiveSandbox live = LiveSandbox.withBystander();

    NamespaceSnapshotTests() throws Exception {}

    @ParameterizedTest
    @ValueSource(strings = {"-m", "-u", "-i", "-n", "-C", "-U", "-T -f", "-p -f", "-U -r -p -f -m --mount-proc"})
    void showsEachTypeOfNamespace(String options) throws Exception {
        live.script("tty2", "unshare " + options + " sleep 2000; :");
        Snapshot snapshot = live.await(1, "2000");
        assertThat(snapshot.namespaces()).hasSizeGreaterThan(8);
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void showsUserNamespacesWithoutMembersBetween() throws Exception {
        live.script("tty2", "exec unshare -U -r unshare -U -r unshare -U -r unshare -u sleep 2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace innermost = LiveSandbox.namespace(snapshot, sleep, NamespaceType.USER);
        Namespace middle = LiveSandbox.namespace(snapshot, requireNonNull(innermost.parent()));
        Namespace outer = LiveSandbox.namespace(snapshot, requireNonNull(middle.parent()));
        assertThat(middle.members()).isZero();
        assertThat(middle.heldBy()).containsExactly("namespace");
        assertThat(outer.parent())
                .isEqualTo(snapshot.processes().getFirst().namespaces().get("user"));
        assertThat(LiveSandbox.namespace(snapshot, sleep, NamespaceType.UTS).owner())
                .isEqualTo(innermost.inode());
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void doesNotKnowAPidNamespaceBeforeItsFirstProcess() throws Exception {
        live.run("tty2", "unshare", "-p", "sleep", "2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        // The kernel shows a PID namespace to nobody before it has an init.
        assertThat(sleep.namespaces()).containsKey("pid").doesNotContainKey("pid_for_children");
        assertThat(sleep.procMount()).isEqualTo(ProcMount.OWN);
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void showsAPidNamespaceThatIsHeldThoughItsInitIsDead() throws Exception {
        live.script("tty2", "exec unshare -p bash -c 'bash -c :; exec sleep 2000'");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace dead = LiveSandbox.namespace(
                snapshot, requireNonNull(sleep.namespaces().get("pid_for_children")));
        assertThat(dead.members()).isZero();
        assertThat(dead.heldBy()).containsExactly("children");
        assertThat(dead.parent()).isEqualTo(sleep.namespaces().get("pid"));
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void seesANewHostNameWhenAskedAgain() throws Exception {
        live.script("tty1", "hostname renamed; exec sleep 1001");
        Snapshot snapshot = live.await(1, "1001");
        assertThat(LiveSandbox.namespace(snapshot, snapshot.processes().getFirst(), NamespaceType.UTS)
                        .hostname())
                .isEqualTo("renamed");
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
}
