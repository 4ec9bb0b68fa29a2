package dev.nslab.namespace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.NamespaceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Namespaces that no process is in, in real sandboxes; their numbers compared with what stat(1) says inside. */
@Tag("sandbox")
class HeldNamespaceTests {

    @AutoClose
    private final LiveSandbox live;

    private final int bystander;

    HeldNamespaceTests() throws Exception {
        live = new LiveSandbox();
        bystander = live.run("tty1", "sleep", "1000");
    }

    private long inode(String path) throws Exception {
        return Long.parseLong(live.witness(live.hostPid(bystander), "stat -L -c %i '" + path + "'")
                .getFirst());
    }

    private static @Nullable Long own(Snapshot snapshot, NamespaceType type) {
        return snapshot.processes().getFirst().namespaces().get(type.toString());
    }

    @Test
    void showsOneThatABindMountKeeps() throws Exception {
        live.script("tty2", "touch '/tmp/a b'; unshare --uts='/tmp/a b' hostname kept; exec sleep 1001");
        Snapshot snapshot = live.await(1, "1001");
        Namespace kept = LiveSandbox.namespace(snapshot, inode("/tmp/a b"));
        assertThat(kept.type()).isEqualTo(NamespaceType.UTS);
        assertThat(kept.members()).isZero();
        assertThat(kept.heldBy()).containsExactly("mount");
        assertThat(kept.holders()).singleElement().isEqualTo(new Holder.Mount(bystander, "/tmp/a b"));
        assertThat(kept.owner()).isEqualTo(own(snapshot, NamespaceType.USER));
        assertThat(kept.hostname()).isEqualTo("kept");
        assertThat(live.snapshot()).isSameAs(snapshot);
        new Witness(live, bystander).confirms(snapshot);
    }

    @Test
    void forgetsItAfterTheUnmount() throws Exception {
        live.script("tty2", "touch /tmp/n; unshare --net=/tmp/n true; exec sleep 1001");
        live.await(1, "1001");
        long inode = inode("/tmp/n");
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
        Namespace kept = LiveSandbox.namespace(snapshot, inode("/proc/" + holder + "/fd/5"));
        assertThat(kept.members()).isZero();
        assertThat(kept.heldBy()).containsExactly("fd");
        assertThat(kept.holders()).containsExactly(new Holder.OpenFile(holder, 5));
        assertThat(kept.owner()).isEqualTo(own(snapshot, NamespaceType.USER));
        assertThat(kept.hostname()).isEqualTo("open");
        // Found once, it is seen in between, too, until the file is closed.
        assertThat(live.snapshot()).isSameAs(snapshot);
        live.run("tty3", "kill", "-9", Integer.toString(holder));
        live.await(taken -> taken.namespaces().size() == 8);
    }

    @Test
    void opensNothingButNamespaces() throws Exception {
        // Whoever opens the pipe waits until somebody writes.
        live.script("tty2", "mkfifo /tmp/pipe; exec 5<>/tmp/pipe; exec sleep 1001");
        live.await(1, "1001");
        assertThat(InsideView.of(live.sandbox).describe(1, "root/tmp/pipe")).isEmpty();
        assertThat(InsideView.of(live.sandbox).describe(1, "root/tmp")).isEmpty();
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
        new Witness(live, bystander).confirms(snapshot);
    }
}
