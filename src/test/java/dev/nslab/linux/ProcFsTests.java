package dev.nslab.linux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTests {

    private static final int ME = (int) ProcessHandle.current().pid();

    private final ProcFs real = new ProcFs(Path.of("/proc"));

    @TempDir
    Path root;

    private void write(int pid, String file, byte[] bytes) throws IOException {
        Path path = root.resolve(Integer.toString(pid)).resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }

    private void write(int pid, String file, String text) throws IOException {
        write(pid, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private ProcessStat myStat() {
        return requireNonNull(real.stat(ME));
    }

    private ProcFs fake() {
        return new ProcFs(root);
    }

    @Test
    void readsThisProcess() throws IOException {
        assertThat(myStat().command())
                .isEqualTo(Files.readString(Path.of("/proc/self/comm")).strip());
        assertThat(myStat().parent())
                .isEqualTo((int) ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(myStat().threads()).isGreaterThan(1);
        assertThat(requireNonNull(real.status(ME)).pids()).last().isEqualTo(ME);
        assertThat(real.namespace(ME, "pid_for_children"))
                .hasToString(
                        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
        assertThat(real.rootDirectory(ME)).isEqualTo("/");
        assertThat(real.uidMap(ME).inside(0)).isZero();
    }

    @Test
    void findsTheProcFileSystemAsItsDeviceNumberSays() throws IOException {
        int device = (int) (long) (Long) Files.getAttribute(Path.of("/proc"), "unix:dev");
        assertThat(requireNonNull(real.mounts(ME)).procDevice())
                .isEqualTo((device >> 8 & 0xfff) + ":" + (device & 0xff));
    }

    @Test
    void findsTheChildrenOfEveryThread() throws Exception {
        List<Process> children = new CopyOnWriteArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> children.add(start("sleep", "100")));
        children.add(start("sleep", "100"));
        other.join();
        // The thread that started a child has ended: the kernel has handed the child to another thread.
        assertThat(real.children(ME, myStat().threads()))
                .containsAll(children.stream().map(child -> (int) child.pid()).toList());
        children.forEach(Process::destroyForcibly);
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsGoneIsAbsent() {
        ProcFs gone = fake();
        assertThat(gone.stat(1)).isNull();
        assertThat(gone.status(1)).isNull();
        assertThat(gone.arguments(1)).isEmpty();
        assertThat(gone.children(1, 1)).isEmpty();
        assertThat(gone.children(1, 2)).isEmpty();
        assertThat(gone.namespace(1, "pid")).isNull();
        assertThat(gone.rootDirectory(1)).isNull();
        assertThat(gone.mounts(1)).isNull();
        assertThat(gone.uidMap(1).isEmpty()).isTrue();
    }

    @Test
    void emptyFilesAreAbsent() throws IOException {
        for (String file : List.of("stat", "status", "cmdline", "task/1/children", "mountinfo")) {
            write(1, file, "");
        }
        assertThat(fake().stat(1)).isNull();
        assertThat(fake().status(1)).isNull();
        assertThat(fake().arguments(1)).isEmpty();
        assertThat(fake().children(1, 1)).isEmpty();
        assertThat(requireNonNull(fake().mounts(1)).procDevice()).isEmpty();
    }

    @Test
    void readsArgumentsOfAnyKind() throws IOException {
        write(1, "cmdline", "sh\0-c\0echo <b>\n\u001b[0m\0\0\u202etxt\0");
        assertThat(fake().arguments(1)).containsExactly("sh", "-c", "echo <b>\n\u001b[0m", "", "\u202etxt");
        write(2, "cmdline", new byte[] {'a', (byte) 0xff, 0, (byte) 0xf0, (byte) 0x9f, 0});
        assertThat(fake().arguments(2)).containsExactly("a\ufffd", "\ufffd");
        // after setproctitle(3) there is no NUL at the end
        write(3, "cmdline", "nginx: worker");
        assertThat(fake().arguments(3)).containsExactly("nginx: worker");
    }

    @Test
    void showsLongArgumentsWholeUpToTheBound() throws IOException {
        String long4k = "x".repeat(4096);
        write(1, "cmdline", "echo\0" + long4k + "\0");
        assertThat(fake().arguments(1)).containsExactly("echo", long4k);
        write(2, "cmdline", "y".repeat(100_000));
        assertThat(fake().arguments(2)).containsExactly("y".repeat(ProcFs.ARGUMENT_BYTES) + "…");
        byte[] manyEmpty = new byte[100_000];
        write(3, "cmdline", manyEmpty);
        assertThat(fake().arguments(3)).hasSize(ProcFs.ARGUMENT_BYTES).last().isEqualTo("…");
    }

    @Test
    void readsPastManyGroups() throws IOException {
        // Up to 65,536 groups (NGROUPS_MAX) come before NSpid. A process must not be able to hide behind them.
        String groups =
                IntStream.range(0, 65536).mapToObj(group -> "4294967294").collect(Collectors.joining(" "));
        write(
                1,
                "status",
                "Name:\tx\nUid:\t0\t0\t0\t0\nGroups:\t" + groups + "\nNSpid:\t7\t1\nNSsid:\t7\t1\nSigCgt:\t1\n");
        assertThat(fake().status(1)).isEqualTo(new ProcessStatus(0, List.of(7, 1), List.of(7, 1), 0, 0, 1));
    }

    @Test
    void readsManyChildren() throws IOException {
        List<Integer> pids = IntStream.range(100_000, 110_000).boxed().toList();
        write(1, "task/1/children", pids.stream().map(String::valueOf).collect(Collectors.joining(" ", "", " ")));
        assertThat(fake().children(1, 1)).isEqualTo(pids);
    }

    @Test
    void survivesNoise() throws IOException {
        byte[] noise = new byte[5000];
        Arrays.fill(noise, (byte) 0x80);
        for (String file : List.of("stat", "status", "cmdline", "task/1/children", "mountinfo", "uid_map")) {
            write(1, file, noise);
        }
        assertThat(fake().stat(1)).isNull();
        assertThat(fake().status(1)).isNull();
        assertThat(fake().arguments(1)).hasSize(1);
        assertThat(fake().children(1, 1)).isEmpty();
        assertThat(requireNonNull(fake().mounts(1)).procDevice()).isEmpty();
        assertThat(fake().uidMap(1).isEmpty()).isTrue();
    }
}
