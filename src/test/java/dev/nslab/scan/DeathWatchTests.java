package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which processes die in real sandboxes, why, and with which others. */
@Tag("sandbox")
class DeathWatchTests {

    @AutoClose
    private final LiveSandbox live;

    @AutoClose
    private final DeathWatch watch;

    private final Semaphore ended = new Semaphore(0);

    DeathWatchTests() throws Exception {
        live = new LiveSandbox();
        watch = live.watchDeaths(ended::release);
    }

    /** The first deaths that are reported. */
    private List<Death> deaths() {
        List<Death> deaths = new ArrayList<>();
        live.await(snapshot -> {
            deaths.addAll(watch.take());
            return !deaths.isEmpty();
        });
        live.snapshotAsked();
        deaths.addAll(watch.take());
        return deaths;
    }

    private SandboxProcess nested(Snapshot snapshot, int depth) {
        return snapshot.processes().stream()
                .filter(process -> process.pids().size() == depth)
                .filter(process -> process.pids().getLast() == 1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsOfAnInitThatIsKilledAndOfAllThatItTakesAlong() throws Exception {
        live.script(
                "tty1", "unshare -p -f --mount-proc bash -c 'sleep 1002 & unshare -p -f sleep 1001; :'; sleep 1003");
        live.await(1, "1002");
        Snapshot before = live.await(1, "1001");
        SandboxProcess outer = nested(before, 2);
        live.run("tty2", "kill", "-9", Integer.toString(outer.pid()));
        assertThat(deaths()).singleElement().satisfies(death -> {
            assertThat(death.pids()).isEqualTo(outer.pids());
            assertThat(death.command()).isEqualTo("bash");
            assertThat(death.status()).isEqualTo(137);
            assertThat(death.signal()).isEqualTo("SIGKILL");
            assertThat(death.init())
                    .isEqualTo(LiveSandbox.namespace(before, outer, NamespaceType.PID)
                            .inode());
            assertThat(death.along().stream().map(Death.Victim::pid))
                    .containsExactlyElementsOf(before.processes().stream()
                            .filter(process -> process.pids().size() > 1 && process.pid() != outer.pid())
                            .map(SandboxProcess::pid)
                            .toList());
        });
    }

    @Test
    void callsAsSoonAsOneEndsOfWhichTheSandboxsInitHearsNothing() throws Exception {
        live.script("tty1", "unshare -p -f sh -c 'sleep 1003 & exec sleep 1004'; exec sleep 1005");
        live.await(1, "1003");
        SandboxProcess inner =
                LiveSandbox.sleeping(live.await(1, "1004"), "1003").getFirst();
        ended.drainPermits();
        live.run("tty2", "kill", "-9", Integer.toString(inner.pid()));
        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsOfAnInitThatExits() throws Exception {
        live.script("tty1", """
                mkfifo /tmp/end
                unshare -p -f bash -c 'sleep 1001 & read line < /tmp/end; exit 7'; sleep 1003""");
        live.await(1, "1001");
        live.script("tty2", "echo > /tmp/end");
        assertThat(deaths()).singleElement().satisfies(death -> {
            assertThat(death.status()).isEqualTo(7);
            assertThat(death.signal()).isNull();
            assertThat(death.init()).isNotNull();
            assertThat(death.along()).extracting(Death.Victim::command).containsExactly("sleep");
        });
    }

    @Test
    void tellsOfThoseThatASignalKilledAndOfNoOthers() throws Exception {
        live.script("tty1", "sleep 1001 & one=$!; sleep 1002 & wait $one; kill -9 $!; wait; sleep 1003");
        live.await(1, "1002");
        SandboxProcess sleep =
                LiveSandbox.sleeping(live.await(1, "1001"), "1001").getFirst();
        live.run("tty2", "kill", Integer.toString(sleep.pid()));
        List<Death> told = new ArrayList<>();
        live.await(snapshot -> {
            told.addAll(watch.take());
            return told.size() == 2;
        });
        assertThat(told).extracting(Death::signal).containsExactlyInAnyOrder("SIGTERM", "SIGKILL");
        assertThat(told).allSatisfy(death -> {
            assertThat(death.init()).isNull();
            assertThat(death.along()).isEmpty();
            assertThat(death.command()).isEqualTo("sleep");
        });
    }

    @Test
    void tellsOfAZombie() throws Exception {
        // Its parent becomes a program that does not wait for its children.
        live.script("tty1", "sleep 1001 & exec sleep 1002");
        live.await(1, "1002");
        SandboxProcess sleep =
                LiveSandbox.sleeping(live.await(1, "1001"), "1001").getFirst();
        live.run("tty2", "kill", "-TERM", Integer.toString(sleep.pid()));
        assertThat(deaths()).singleElement().satisfies(death -> {
            assertThat(death.pid()).isEqualTo(sleep.pid());
            assertThat(death.signal()).isEqualTo("SIGTERM");
        });
    }

    @Test
    void tellsNothingOfAReset() throws Exception {
        live.script("tty1", "unshare -p -f sleep 1001; :");
        live.await(1, "1001");
        live.sandbox.reset();
        live.snapshotAsked();
        live.snapshotAsked();
        assertThat(watch.take()).isEmpty();
    }
}
