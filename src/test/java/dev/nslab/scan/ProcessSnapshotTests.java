package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.ProcMount;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes of real sandboxes, in snapshots and as independent witnesses see them. */
@Tag("sandbox")
class ProcessSnapshotTests {

    @AutoClose
    private final LiveSandbox live;

    ProcessSnapshotTests() throws Exception {
        live = new LiveSandbox();
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
        assertThat(init.namespaces()).containsOnlyKeys(ObservedThread.LINKS);
        assertThat(init.namespaces()).containsAllEntriesOf(live.sandbox.namespaces());
        assertThat(snapshot.namespaces()).hasSize(8).allMatch(Namespace::sandboxRoot);
        assertThat(LiveSandbox.namespace(snapshot, init, NamespaceType.UTS).hostname())
                .isEqualTo("lab");
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
        assertThat(LiveSandbox.namespace(snapshot, innermost, NamespaceType.UTS).hostname())
                .isEqualTo("namespace2");
        assertThat(snapshot.namespaces().stream().map(Namespace::hostname)).contains("lab", "namespace1", "namespace2");
        assertThat(snapshot.processes().stream()
                        .filter(process -> process.command().equals("unshare"))
                        .map(SandboxProcess::procMount))
                .containsExactly(ProcMount.FOREIGN, ProcMount.FOREIGN);
        assertThat(innermost.procMount()).isEqualTo(ProcMount.OWN);
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsZombiesOrphansAndProcessesWithoutTerminal() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        // A zombie: its parent becomes another program, and neither of the two waits for it. (A shell would, if the
        // child ended before the exec.)
        int zombieParent = live.run("tty2", "perl", "-e", "exit unless fork; exec 'sleep', '1001'");
        live.script("tty3", "(setsid sleep 1002 </dev/null &>/dev/null &); exec sleep 1003");
        live.script("tty4", "unshare -p -f bash -c '(sleep 1004 &); exec sleep 1005'; :");
        live.await(1, "1004");
        live.await(1, "1002");
        // One snapshot has to show all of this. It is waited for, because an orphan that moves to its init during a
        // walk may be seen only by the next one.
        Snapshot snapshot = live.await(taken -> Stream.of("1002", "1004", "1005")
                        .allMatch(argument ->
                                LiveSandbox.sleeping(taken, argument).size() == 1)
                && taken.processes().stream()
                        .anyMatch(process -> process.parent() == zombieParent
                                && process.state().equals("Z")));
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
    void showsAProcessOfSeveralThreadsAndTheChildrenOfEach() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        int threaded = live.run("tty2", "perl", "-Mthreads", "-e", """
                my $other = threads->create(sub { exec 'sleep', '1001' unless fork; sleep 1000 });
                exec 'sleep', '1002' unless fork;
                $other->join""");
        Snapshot snapshot = live.await(taken -> Stream.of("1001", "1002")
                .allMatch(argument -> LiveSandbox.sleeping(taken, argument).size() == 1));
        assertThat(snapshot.processes())
                .hasSize(5)
                .filteredOn(process -> process.command().equals("perl"))
                .hasSize(1);
        assertThat(snapshot.processes())
                .filteredOn(process -> process.parent() == threaded)
                .hasSize(2);
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void showsAllOfManyProcesses() throws Exception {
        int bystander = live.run("tty1", "sleep", "1000");
        live.script("tty2", "for i in {1..100}; do sleep 1001 & done; wait");
        new Witness(live, bystander).confirms(live.await(100, "1001"));
    }

    @Test
    void losesAllThatDieWithAnInit() throws Exception {
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
}
