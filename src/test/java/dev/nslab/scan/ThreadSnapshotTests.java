package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.Holder;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.SandboxThread;
import dev.nslab.namespace.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads of perl in real sandboxes. Their inodes are compared with what stat(1) says about /proc/PID/task inside. */
@Tag("sandbox")
class ThreadSnapshotTests {

    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final String UNSHARE = "syscall(" + (ARM ? 97 : 272) + ", 0x%x) == 0 or die $!";

    /** Ends one thread only, like pthread_exit(3). */
    private static final String EXIT = "syscall(" + (ARM ? 93 : 60) + ", 0)";

    private static final long NEWUTS = 0x4000000;
    private static final long NEWPID = 0x20000000;
    private static final long NEWNET = 0x40000000;

    @AutoClose
    private final LiveSandbox live = LiveSandbox.withBystander();

    ThreadSnapshotTests() throws Exception {}

    /**
     * Starts other threads. The first thread runs one program, and each other thread the other one; then they sleep.
     */
    private int perl(int threads, String first, String other) throws Exception {
        return live.script("tty2", """
                exec perl -Mthreads -e '
                  my ($count, $first, $other) = @ARGV;
                  threads->set_stack_size(65536);
                  my @threads = map { threads->create(sub { eval $other; die $@ if $@; sleep 1000 }) } 1..$count;
                  eval $first; die $@ if $@; sleep 1000' %d '%s' '%s'""".formatted(threads, first, other));
    }

    private static SandboxProcess process(Snapshot snapshot, int pid) {
        return snapshot.processes().stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    private Snapshot awaitOthers(int pid, int count) {
        return live.await(snapshot -> process(snapshot, pid).otherThreads().size() == count);
    }

    /** Whether ps(1) agrees. */
    private boolean isZombie(int pid) {
        try {
            return live.inside("ps -o stat= -p " + pid).getFirst().startsWith("Z");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By TID, the inodes by link, as stat(1) finds them inside. */
    private Map<Integer, Map<String, Long>> links(int pid) throws Exception {
        Map<Integer, Map<String, Long>> links = new HashMap<>();
        for (String line : live.inside(
                "stat -c %%N /proc/%d/task/*/ns/* | sed \"s,.*task/\\([0-9]*\\)/ns/\\([a-z_]*\\)' -> '[a-z]*:.\\([0-9]*\\).*,\\1 \\2 \\3,\""
                        .formatted(pid))) {
            String[] words = line.split(" ", -1);
            if (ObservedThread.LINKS.contains(words[1])) {
                links.computeIfAbsent(Integer.valueOf(words[0]), _ -> new HashMap<>())
                        .put(words[1], Long.valueOf(words[2]));
            }
        }
        return links;
    }

    private void confirmsThreads(SandboxProcess process) throws Exception {
        Map<Integer, Map<String, Long>> links = links(process.pid());
        Map<Integer, Map<String, Long>> others = new HashMap<>(links);
        others.values().removeIf(process.namespaces()::equals);
        Map<Integer, Map<String, Long>> told = new HashMap<>();
        process.otherThreads().forEach(thread -> told.put(thread.tid(), thread.namespaces()));
        assertThat(told).isEqualTo(others);
        assertThat(process.threads()).isEqualTo(links.size());
    }

    @Test
    void showsANamespaceThatOnlyAThreadIsIn() throws Exception {
        int pid = perl(1, "", UNSHARE.formatted(NEWNET | NEWUTS) + "; system \"hostname inside\"");
        Snapshot snapshot = live.await(
                taken -> taken.namespaces().stream().anyMatch(namespace -> "inside".equals(namespace.hostname())));
        SandboxProcess process = process(snapshot, pid);
        confirmsThreads(process);
        SandboxThread thread = process.otherThreads().getFirst();
        assertThat(thread.tids()).containsExactly(thread.tid());
        for (String type : List.of("net", "uts")) {
            Namespace namespace = LiveSandbox.namespace(
                    snapshot, requireNonNull(thread.namespaces().get(type)));
            assertThat(namespace.members()).isZero();
            assertThat(namespace.heldBy()).containsExactly("thread");
            assertThat(namespace.holders()).containsExactly(new Holder.OtherThread(pid, thread.tid()));
            assertThat(namespace.owner()).isEqualTo(process.namespaces().get("user"));
        }
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void seesItAlsoWhenNothingIsAskedAgainUntilTheThreadIsGone() throws Exception {
        int pid = perl(1, "", UNSHARE.formatted(NEWUTS));
        Snapshot snapshot = awaitOthers(pid, 1);
        assertThat(live.snapshot()).isSameAs(snapshot);
        live.run("tty3", "kill", "-9", Integer.toString(pid));
        live.await(taken -> taken.namespaces().size() == 8);
    }

    @Test
    void findsTheChildOfSuchAThread() throws Exception {
        perl(1, "", UNSHARE.formatted(NEWUTS | NEWPID) + "; system \"sleep\", \"1001\"");
        Snapshot snapshot = live.await(1, "1001");
        SandboxProcess child = LiveSandbox.sleeping(snapshot, "1001").getFirst();
        assertThat(child.pids()).hasSize(2).endsWith(1);
        assertThat(LiveSandbox.namespace(snapshot, child, NamespaceType.UTS).heldBy())
                .containsExactly("process", "thread");
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void looksAtManyThreadsOnlyUpToABound() throws Exception {
        int pid = perl(80, UNSHARE.formatted(NEWUTS), "");
        Snapshot snapshot = live.await(taken -> process(taken, pid).threads() == 81
                && process(taken, pid).otherThreads().size() == 64);
        Map<Integer, Map<String, Long>> links = links(pid);
        assertThat(process(snapshot, pid).otherThreads())
                .allSatisfy(thread -> assertThat(thread.namespaces()).isEqualTo(links.get(thread.tid())));
    }

    @Test
    void aProcessWhoseFirstThreadHasEndedLives() throws Exception {
        List<Death> deaths = new ArrayList<>();
        try (DeathWatch watch = live.watchDeaths(() -> {})) {
            int pid = perl(2, EXIT, "sleep 1000");
            live.await(_ -> isZombie(pid));
            Snapshot snapshot = live.await(taken ->
                    taken.processes().stream().anyMatch(process -> process.pid() == pid && process.threads() == 2));
            SandboxProcess process = process(snapshot, pid);
            assertThat(live.inside("sed -n s/State:.//p /proc/%d/status".formatted(pid)))
                    .containsExactly("Z (zombie)");
            assertThat(process.arguments()).startsWith("perl");
            assertThat(process.otherThreads()).isEmpty();
            assertThat(process.root()).isEqualTo("/");
            Map<Integer, Map<String, Long>> links = links(pid);
            assertThat(links.keySet()).hasSize(2).doesNotContain(pid);
            assertThat(process.namespaces()).isEqualTo(links.values().iterator().next());
            live.snapshotAsked();
            assertThat(watch.take()).isEmpty();
            live.run("tty3", "kill", "-9", Integer.toString(pid));
            live.await(taken -> {
                deaths.addAll(watch.take());
                return !deaths.isEmpty();
            });
            assertThat(deaths).extracting(Death::pid).containsExactly(pid);
        }
    }

    @Test
    void threadsOfAProcessWhoseFirstHasEndedCanBeApart() throws Exception {
        int pid = perl(2, EXIT, UNSHARE.formatted(NEWUTS));
        Snapshot snapshot = live.await(taken -> isZombie(pid)
                && process(taken, pid).threads() == 2
                && process(taken, pid).otherThreads().size() == 1);
        SandboxProcess process = process(snapshot, pid);
        Map<Integer, Map<String, Long>> links = links(pid);
        assertThat(links.remove(process.otherThreads().getFirst().tid()))
                .isEqualTo(process.otherThreads().getFirst().namespaces());
        assertThat(process.namespaces()).isEqualTo(links.values().iterator().next());
    }

    @Test
    void whatAProcessHoldsWhoseFirstThreadHasEnded() throws Exception {
        String hold = "open my $home, \"<\", \"/proc/self/ns/net\"; " + UNSHARE.formatted(NEWNET)
                + "; socket our $socket, 2, 1, 0; syscall(" + (ARM ? 268 : 308) + ", fileno $home, 0); ";
        int pid = perl(1, hold + EXIT, "sleep 1000");
        Snapshot snapshot = live.await(taken -> isZombie(pid)
                && taken.namespaces().stream()
                        .anyMatch(namespace -> namespace.heldBy().contains("socket")));
        Namespace held = snapshot.namespaces().getLast();
        assertThat(held.type()).isEqualTo(NamespaceType.NET);
        assertThat(held.heldBy()).containsExactly("socket");
        assertThat(held.holders())
                .singleElement()
                .isInstanceOfSatisfying(
                        Holder.Socket.class, socket -> assertThat(socket.pid()).isEqualTo(pid));
        assertThat(held.interfaces()).contains("lo");
    }
}
