package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceId;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.HeldFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learners who make it hard to see what keeps their namespaces. */
@Tag("sandbox")
class HolderAttackTests {

    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    /** Closes TCP sockets that linger for a minute, while other processes may hold copies of them. */
    private static final String LINGERING = """
            exec perl -MSocket -MFcntl -MTime::HiRes=sleep -e '
              socket my $listener, AF_INET, SOCK_STREAM, 0; setsockopt $listener, SOL_SOCKET, SO_RCVBUF, 4096;
              bind $listener, sockaddr_in(0, INADDR_LOOPBACK); listen $listener, 1000;
              my $address = getsockname $listener; my @pids;
              while (1) {
                my $pid = fork;
                if (!$pid) {
                  socket my $socket, AF_INET, SOCK_STREAM, 0; setsockopt $socket, SOL_SOCKET, SO_SNDBUF, 4096;
                  connect $socket, $address; setsockopt $socket, SOL_SOCKET, SO_LINGER, pack "ii", 1, 60;
                  fcntl $socket, F_SETFL, O_NONBLOCK; 1 while syswrite $socket, "x" x 4096;
                  fcntl $socket, F_SETFL, 0; close $socket; exit }
                push @pids, $pid;
                if (@pids > 20) { my $old = shift @pids; kill "KILL", $old; waitpid $old, 0; accept my $gone, $listener }
              }'""";

    @AutoClose
    private final LiveSandbox live = LiveSandbox.withBystander();

    HolderAttackTests() throws Exception {}

    /**
     * Opens sockets in a network namespace that the process leaves again. The arguments are family, type, protocol, and
     * how many.
     */
    private void holdSockets(String what) throws Exception {
        live.script("tty2", """
            exec perl -MSocket -e '
              $^F = 5000;
              my ($unshare, $setns, $family, $type, $protocol, $count) = @ARGV;
              open my $home, "<", "/proc/self/ns/net" or die;
              syscall($unshare, 0x40000000) == 0 or die $!;
              my @sockets = map { socket(my $socket, $family, $type, $protocol) or die $!; $socket } 1..$count;
              open my $said, ">", "/tmp/said"; print $said readlink("/proc/self/ns/net") =~ /(\\d+)/; close $said;
              syscall($setns, fileno $home, 0x40000000) == 0 or die $!; close $home;
              exec "sleep", "1001"' %d %d %s""".formatted(ARM ? 97 : 272, ARM ? 268 : 308, what));
    }

    private Namespace held(Snapshot snapshot) throws Exception {
        return LiveSandbox.namespace(
                snapshot, Long.parseLong(live.inside("cat /tmp/said").getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1 0", "1 5 0", "2 1 0", "2 2 0", "2 3 1", "10 1 0", "10 2 0", "16 3 0", "17 3 0"})
    void socketsOfEachFamilyAreSeen(String what) throws Exception {
        holdSockets(what + " 1");
        Namespace held = held(live.await(1, "1001"));
        assertThat(held.type()).isEqualTo(NamespaceType.NET);
        assertThat(held.heldBy()).containsExactly("socket");
        assertThat(held.interfaces()).contains("lo");
    }

    @Test
    void manySocketsCostOnce() throws Exception {
        holdSockets("2 2 0 1000");
        Namespace held = held(live.await(1, "1001"));
        assertThat(held.holders()).hasSize(8);
        assertThat(held.heldBy()).containsExactly("socket");
        Snapshot snapshot = live.snapshotAsked();
        assertThat(live.snapshotAsked()).isSameAs(snapshot);
    }

    /** If the init closed a socket last, it would answer nobody for a minute. */
    @Test
    void closesSocketsWhileTheyAreLookedAt() throws Exception {
        long files = openFilesOfTheInit();
        int attacker = live.script("tty2", LINGERING);
        live.await(snapshot -> snapshot.processes().size() > 15);
        for (int look = 0; look < 2000; look++) {
            List<Integer> pids = live.snapshot().processes().stream()
                    .skip(2)
                    .map(SandboxProcess::pid)
                    .toList();
            for (int again = 0; again < 5; again++) {
                live.sandbox.heldFiles(pids);
            }
        }
        live.run("tty3", "kill", "-9", Integer.toString(attacker));
        live.await(_ -> openFilesOfTheInit() <= files);
    }

    /** The number of files that the init has open; 0 if this user may not count them. */
    private long openFilesOfTheInit() {
        Path files = Path.of("/proc", Integer.toString(live.sandbox.init()), "fd");
        if (!Files.isReadable(files)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(files)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces 8 open files of a process as fast as it can by others, which are sockets of another network, or
     * namespaces. There are 240 of these, which it opens one after another and has all in the end.
     */
    private int exchange(String what) throws Exception {
        return live.script("tty2", """
            exec perl -MSocket -MPOSIX -e '
              my ($unshare, $setns, $what) = @ARGV;
              sub put { my ($file, $at) = @_; dup2(fileno $file, $at) // die $! }
              sub take { my ($type) = @_;
                if ($what eq "sockets") { socket my $socket, AF_INET, SOCK_DGRAM, 0 or die $!; return $socket }
                open my $file, "<", "/proc/self/ns/$type" or die $!; return $file }
              open my $home, "<", "/proc/self/ns/net" or die $!;
              if ($what eq "sockets") { syscall($unshare, 0x40000000) == 0 or die $! }
              put(take("net"), 950);
              syscall($setns, fileno $home, 0x40000000) == 0 or die $!;
              close $home; open my $null, "<", "/dev/null"; put($null, 200 + $_) for 0..259;
              for my $one (600..839) { put(take("uts"), $one);
                for (1..300) { dup2(950, $_) for 100..107; dup2($one, $_) for 100..107 } }
              dup2(600 + $_, 200 + $_) for 0..239;
              exec "sleep", "1001"' %d %d %s""".formatted(ARM ? 97 : 272, ARM ? 268 : 308, what));
    }

    private boolean isExchanging() {
        return LiveSandbox.sleeping(live.snapshot(), "1001").isEmpty();
    }

    /**
     * The namespace of a socket is remembered, so a socket of the process's own network must not be mistaken for one of
     * the other network.
     */
    @Test
    void exchangesSocketsWhileTheyAreLookedAt() throws Exception {
        int attacker = exchange("sockets");
        while (isExchanging()) {
            for (int look = 0; look < 20; look++) {
                live.sandbox.heldFiles(List.of(attacker));
            }
        }
        assertThat(live.sandbox.heldFiles(List.of(attacker))).isEmpty();
    }

    @Test
    void exchangesNamespacesWhileTheyAreLookedAt() throws Exception {
        int attacker = exchange("namespaces");
        Set<NamespaceId> right = new HashSet<>();
        for (NamespaceType type : List.of(NamespaceType.NET, NamespaceType.UTS)) {
            right.add(new NamespaceId(type, live.inode("/proc/" + live.bystander() + "/ns/" + type)));
        }
        while (isExchanging()) {
            for (int look = 0; look < 20; look++) {
                assertThat(live.sandbox.heldFiles(List.of(attacker)))
                        .extracting(HeldFile::namespace)
                        .isSubsetOf(right);
            }
        }
    }

    /**
     * A learner who stops all processes that are not theirs also stops the scouts that the init sends into namespaces.
     */
    @Test
    void stopsWhateverTheInitSends() throws Exception {
        live.script("tty2", """
                unshare -U -r sleep 1003 & p=$!
                until grep -qs sleep /proc/$p/comm; do :; done
                touch /tmp/u; mount --bind /proc/$p/ns/user /tmp/u; kill -9 $p; wait
                exec perl -e 'while (1) { for (glob "/proc/[0-9]*") {
                  my ($pid) = /(\\d+)/; next if $pid < 5 || $pid == $$;
                  kill((rand() < 0.5 ? "STOP" : "KILL"), $pid) } }' 1001""");
        live.await(snapshot -> snapshot.namespaces().stream()
                .anyMatch(namespace -> namespace.heldBy().equals(List.of("mount"))));
        for (int look = 0; look < 200; look++) {
            live.snapshotAsked();
            live.sandbox.look(live.bystander());
        }
        assertThat(live.snapshot().processes()).isNotEmpty();
    }
}
