package dev.nslab.namespace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
