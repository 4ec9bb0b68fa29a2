package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Holder;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces without processes in real sandboxes. Their inodes are compared with what stat(1) says inside. */
@Tag("sandbox")
class HeldNamespaceTests {

    @AutoClose
    private final LiveSandbox live = LiveSandbox.withBystander();

    HeldNamespaceTests() throws Exception {}

    private static @Nullable Long own(Snapshot snapshot, NamespaceType type) {
        return snapshot.processes().getFirst().namespaces().get(type.toString());
    }

    @Test
    void showsOneThatABindMountKeeps() throws Exception {
        live.script("tty2", "touch '/tmp/a b'; unshare --uts='/tmp/a b' hostname kept; exec sleep 1001");
        Snapshot snapshot = live.await(1, "1001");
        Namespace kept = LiveSandbox.namespace(snapshot, live.inode("/tmp/a b"));
        assertThat(kept.type()).isEqualTo(NamespaceType.UTS);
        assertThat(kept.members()).isZero();
        assertThat(kept.heldBy()).containsExactly("mount");
        assertThat(kept.holders()).singleElement().isEqualTo(new Holder.Mount(live.bystander(), "/tmp/a b"));
        assertThat(kept.owner()).isEqualTo(own(snapshot, NamespaceType.USER));
        assertThat(kept.hostname()).isEqualTo("kept");
        assertThat(live.snapshot()).isSameAs(snapshot);
        new Witness(live, live.bystander()).confirms(snapshot);
    }

    @Test
    void forgetsItAfterTheUnmount() throws Exception {
        live.script("tty2", "touch /tmp/n; unshare --net=/tmp/n true; exec sleep 1001");
        live.await(1, "1001");
        long inode = live.inode("/tmp/n");
        live.script("tty3", "umount /tmp/n; exec sleep 1002");
        Snapshot after = live.await(1, "1002");
        assertThat(after.namespaces()).noneMatch(namespace -> namespace.inode() == inode);
    }

    @Test
    void showsOneThatAnOpenFileKeeps() throws Exception {
        int holder = live.script("tty2", """
                unshare -u -- sh -c 'hostname open; exec sleep 1001' & p=$!
                until grep -qs sleep /proc/$p/comm; do :; done
                exec 5</proc/$p/ns/uts; kill -9 $p; wait; exec sleep 1002""");
        Snapshot snapshot = live.await(1, "1002");
        Namespace kept = LiveSandbox.namespace(snapshot, live.inode("/proc/" + holder + "/fd/5"));
        assertThat(kept.members()).isZero();
        assertThat(kept.heldBy()).containsExactly("fd");
        assertThat(kept.holders()).containsExactly(new Holder.OpenFile(holder, 5));
        assertThat(kept.owner()).isEqualTo(own(snapshot, NamespaceType.USER));
        assertThat(kept.hostname()).isEqualTo("open");
        // Once it is found, all later snapshots show it, too, until the file is closed.
        assertThat(live.snapshot()).isSameAs(snapshot);
        live.run("tty3", "kill", "-9", Integer.toString(holder));
        live.await(taken -> taken.namespaces().size() == 8);
    }

    /**
     * The link of a file that was opened at a mount is its path, and after the unmount "/". (Why one tries until it
     * works: see {@link MemberlessNamespaceTests}.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "ipc", "mount", "net", "uts"})
    void showsOneThatWasOpenedWhereItWasMounted(String type) throws Exception {
        int holder = live.script("tty2", """
                touch /tmp/n; until unshare --%s=/tmp/n true; do :; done; exec 9</tmp/n; exec sleep 1001""".formatted(type));
        Snapshot mounted = live.await(1, "1001");
        String file = "/proc/" + holder + "/fd/9";
        long inode = live.inode(file);
        assertThat(live.inside("stat -L -f -c %T " + file).getFirst()).isEqualTo("nsfs");
        assertThat(live.inside("readlink " + file).getFirst()).isEqualTo("/tmp/n");
        assertThat(LiveSandbox.namespace(mounted, inode).holders())
                .containsExactlyInAnyOrder(
                        new Holder.Mount(live.bystander(), "/tmp/n"), new Holder.OpenFile(holder, 9));
        live.script("tty3", "umount -l /tmp/n; exec sleep 1002");
        Namespace kept = LiveSandbox.namespace(live.await(1, "1002"), inode);
        assertThat(live.inside("readlink " + file).getFirst()).isEqualTo("/");
        assertThat(kept.type()).hasToString(type.equals("mount") ? "mnt" : type);
        assertThat(kept.members()).isZero();
        assertThat(kept.holders()).containsExactly(new Holder.OpenFile(holder, 9));
        live.run("tty4", "kill", "-9", Integer.toString(holder));
        live.await(taken -> taken.namespaces().stream().noneMatch(one -> one.inode() == inode));
    }

    @Test
    void showsTheInterfacesOfANetworkWithoutProcesses() throws Exception {
        live.script("tty2", """
                ip netns add blue; ip netns add red
                ip -n blue link add left type veth peer name right netns red; exec sleep 1001""");
        Snapshot snapshot = live.await(1, "1001");
        Namespace blue = LiveSandbox.namespace(snapshot, live.inode("/run/netns/blue"));
        assertThat(blue.members()).isZero();
        assertThat(blue.heldBy()).containsExactly("mount");
        assertThat(blue.interfaces())
                .containsExactlyInAnyOrderElementsOf(linksOfBlue())
                .contains("lo", "left");
        assertThat(live.snapshot()).isSameAs(snapshot);
        live.script("tty3", "ip -n blue link delete left; exec sleep 1002");
        Snapshot after = live.await(1, "1002");
        assertThat(LiveSandbox.namespace(after, blue.inode()).interfaces())
                .containsExactlyInAnyOrderElementsOf(linksOfBlue())
                .doesNotContain("left");
    }

    private List<String> linksOfBlue() throws Exception {
        return live.inside("ip -n blue -br link").stream()
                .map(line -> line.split("[@ ]", 2)[0])
                .toList();
    }

    @Test
    void showsOneThatASocketKeeps() throws Exception {
        int holder = live.run("tty2", "perl", "-MSocket", "-e", """
                $^F = 100;
                open my $home, '<', '/proc/self/ns/net';
                syscall 272, 0x40000000;
                socket my $socket, AF_INET, SOCK_DGRAM, 0;
                open my $said, '>', '/tmp/said';
                print $said readlink('/proc/self/ns/net') =~ /(\\d+)/, ' ', fileno $socket;
                close $said;
                syscall 308, fileno $home, 0x40000000;
                close $home;
                exec 'sleep', '1001'""");
        Snapshot snapshot = live.await(1, "1001");
        String[] said = live.inside("cat /tmp/said").getFirst().split(" ", 2);
        Namespace kept = LiveSandbox.namespace(snapshot, Long.parseLong(said[0]));
        assertThat(kept.type()).isEqualTo(NamespaceType.NET);
        assertThat(kept.members()).isZero();
        assertThat(kept.heldBy()).containsExactly("socket");
        assertThat(kept.holders()).containsExactly(new Holder.Socket(holder, Integer.parseInt(said[1])));
        assertThat(kept.owner()).isEqualTo(own(snapshot, NamespaceType.USER));
        assertThat(kept.interfaces()).contains("lo");
        assertThat(live.snapshot()).isSameAs(snapshot);
        live.run("tty3", "kill", "-9", Integer.toString(holder));
        live.await(taken -> taken.namespaces().stream().noneMatch(one -> one.inode() == kept.inode()));
    }

    /** ss(8) finds the socket in a network that its process is not in. */
    @Test
    void namesTheSocketThatSsFindsThere() throws Exception {
        int holder = live.run("tty2", "perl", "-MSocket", "-e", """
                $^F = 100;
                system 'ip netns add blue';
                open my $home, '<', '/proc/self/ns/net';
                open my $blue, '<', '/run/netns/blue';
                syscall 308, fileno $blue, 0x40000000;
                socket my $socket, AF_INET, SOCK_STREAM, 0;
                listen $socket, 1;
                syscall 308, fileno $home, 0x40000000;
                close $home;
                close $blue;
                exec 'sleep', '1001'""");
        Namespace blue = LiveSandbox.namespace(live.await(1, "1001"), live.inode("/run/netns/blue"));
        Matcher found = Pattern.compile("pid=(\\d+),fd=(\\d+)")
                .matcher(live.inside("nsenter --net=/run/netns/blue ss -Hltnp").getFirst());
        assertThat(found.find()).isTrue();
        assertThat(blue.members()).isZero();
        assertThat(blue.holders())
                .contains(new Holder.Socket(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
        assertThat(found.group(1)).isEqualTo(Integer.toString(holder));
    }

    /**
     * Contrary to namespaces(7), such a mount does not keep its namespace: another one can be created at once, and the
     * mount no longer belongs to any.
     */
    @Test
    void aMountOfMqueueKeepsNone() throws Exception {
        live.script("tty2", """
                mkdir /tmp/queues; unshare -U -r -m bash -c '
                  echo 1 >/proc/sys/user/max_ipc_namespaces
                  unshare -i mount -t mqueue queues /tmp/queues; findmnt -n -o FSTYPE /tmp/queues
                  until unshare -i true; do :; done
                  touch /tmp/queues/one || echo of none; exec sleep 1001' >/tmp/said 2>&1""");
        Snapshot snapshot = live.await(1, "1001");
        assertThat(live.inside("cat /tmp/said")).startsWith("mqueue").endsWith("of none");
        assertThat(snapshot.namespaces())
                .filteredOn(namespace -> namespace.type() == NamespaceType.IPC)
                .hasSize(1);
    }

    @Test
    void opensNothingButNamespaces() throws Exception {
        // Opening the pipe would wait until somebody writes.
        live.script("tty2", "mkfifo /tmp/pipe; exec 5<>/tmp/pipe; exec sleep 1001");
        live.await(1, "1001");
        assertThat(InsideView.of(live.sandbox).describe(1, "root/tmp/pipe", 0)).isEmpty();
        assertThat(InsideView.of(live.sandbox).describe(1, "root/tmp", 0)).isEmpty();
    }

    @Test
    void showsOneThatOnlyOwnsAnother() throws Exception {
        live.script("tty2", "exec unshare -U -r unshare -U -r unshare -u sleep 2000");
        Snapshot snapshot = live.await(1, "2000");
        SandboxProcess sleep = LiveSandbox.sleeping(snapshot, "2000").getFirst();
        Namespace inner = LiveSandbox.namespace(snapshot, sleep, NamespaceType.USER);
        Namespace outer = LiveSandbox.namespace(snapshot, requireNonNull(inner.parent()));
        assertThat(outer.heldBy()).containsExactly("namespace");
        assertThat(outer.holders()).containsExactly(new Holder.Relative(inner.inode()));
        new Witness(live, live.bystander()).confirms(snapshot);
    }
}
