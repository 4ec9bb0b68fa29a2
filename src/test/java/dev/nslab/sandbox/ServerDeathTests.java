package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nslab.linux.Credentials;
import dev.nslab.linux.Poller;
import dev.nslab.linux.SealedProgram;
import dev.nslab.sandbox.spec.IdMap;
import dev.nslab.sandbox.spec.SandboxSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, which is killed, or runs on a machine that lacks what it needs. */
@Tag("sandbox")
class ServerDeathTests {
    /**
     * How the one line begins that the server prints as its answer. No line of its log, which is on the same stream,
     * begins so.
     */
    private static final String ANSWER = "answer: ";

    /**
     * Makes seccomp(SET_MODE_FILTER) with NEW_LISTENER fail with EINVAL, as before Linux 5.0. Then runs the rest of the
     * command.
     */
    private static final String WITHOUT_LISTENER = """
            my $arm = `uname -m` =~ /aarch64/;
            my $call = $arm ? 277 : 317;
            my @filter = ([0x20, 0, 0, 0], [0x15, 0, 3, $call], [0x20, 0, 0, 24], [0x45, 0, 1, 8], [0x06, 0, 0, 0x50016],
                [0x06, 0, 0, 0x7fff0000]);
            my $code = join "", map { pack "SCCL", @$_ } @filter;
            syscall($arm ? 167 : 157, 38, 1, 0, 0, 0) == 0 or die $! if $>;
            my $program = pack "SxxxxxxP", scalar @filter, $code;
            syscall($call, 1, 0, $program) == 0 or die "seccomp: $!";
            exec @ARGV;
            """;

    private static final UnshareHelper.Observer NOBODY = new UnshareHelper.Observer() {
        @Override
        public void called(HelperMessage.Called call) {}

        @Override
        public void lost(long count) {}

        @Override
        public void exited(int pid, ExitStatus status) {}

        @Override
        public void ended(UnshareHelper helper) {}
    };

    private static final String[] NO_USER_NAMESPACES = {
        "unshare", "-U", "-r", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"", "sh"
    };

    /** Starts a sandbox with processes in nested namespaces, prints all their PIDs, and waits to be killed. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Sandboxes sandboxes = new Sandboxes(TestLimits.DEFAULT, new Poller("poller"), TestHelper.program());
            try {
                Sandbox sandbox = sandboxes.start("lab");
                Console console = Console.open(sandbox);
                console.run(
                        "unshare -p -f --mount-proc sleep 1000 & setsid --fork sleep 2000; until pgrep -fx 'sleep 1000'; do sleep 0.01; done");
                ProcessHandle init = ProcessHandle.of(sandbox.init()).orElseThrow();
                System.out.println(ANSWER + init.pid() + " "
                        + init.descendants().map(p -> String.valueOf(p.pid())).collect(Collectors.joining(" "))
                        + " without " + sandboxes.unlimited());
            } catch (SandboxException e) {
                System.out.println(ANSWER + e.problem() + ": "
                        + String.valueOf(e.getMessage()).replace('\n', ' '));
            }
            System.in.read();
        }
    }

    private static Process server(String... prefix) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String answer(Process server) throws IOException {
        BufferedReader output = server.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        throw new AssertionError("the server said nothing");
    }

    @Test
    void aKilledServerLeavesNoProcess() throws Exception {
        Process server = server();
        List<ProcessHandle> sandbox = Arrays.stream(
                        answer(server).replaceFirst(" without.*", "").split(" "))
                .map(Long::valueOf)
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
        assertThat(sandbox).hasSizeGreaterThanOrEqualTo(5);
        server.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        for (ProcessHandle process : sandbox) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutUserNamespacesItSaysWhatToDo() throws Exception {
        Process server = server(NO_USER_NAMESPACES);
        try {
            assertThat(answer(server))
                    .startsWith(
                            "START_FAILED: unshare the outer user namespace: No space left on device: User namespaces are not allowed")
                    .contains("sysctl -w user.max_user_namespaces=");
        } finally {
            server.destroyForcibly();
        }
    }

    /** This is so in a container whose engine allows no listener, or has one itself. */
    @Test
    void withoutASeccompListenerItSaysSo(@TempDir Path directory) throws Exception {
        Path program = Files.writeString(directory.resolve("without-listener"), WITHOUT_LISTENER);
        Process server = server("perl", program.toString());
        try {
            // A plain user may set the filter only after giving up privileges (no_new_privs), and then cannot use
            // newuidmap.
            assertThat(answer(server))
                    .matches("(START_FAILED: install the seccomp filter: Invalid argument: Shells are watched"
                            + "|START_FAILED: run newuidmap).*");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void withoutCgroupsItWorks() throws Exception {
        boolean root = Credentials.ofThisProcess().uid() == 0;
        Process server = root
                ? server("unshare", "-m", "sh", "-c", "mount -t tmpfs -o ro none /sys/fs/cgroup && exec \"$@\"", "sh")
                : server();
        try {
            assertThat(answer(server)).matches("\\d+( \\d+)+ without \\[cpu, memory, pids\\]");
        } finally {
            server.destroyForcibly();
        }
    }

    /** As in a container whose engine mounts its cgroup writable: the server sees none above its own. */
    @Test
    void inANamespaceOfCgroupsItDividesItsOwn() throws Exception {
        Path top = Path.of("/sys/fs/cgroup");
        assumeTrue(
                Credentials.ofThisProcess().uid() == 0 && Files.exists(top.resolve("cgroup.subtree_control")),
                "as root, where there is only version 2");
        Path container = Files.createDirectory(
                top.resolve("container-" + ProcessHandle.current().pid()));
        Process server = server(
                "sh",
                "-c",
                "echo +cpu +memory +pids > $0/../cgroup.subtree_control; echo $$ > $0/cgroup.procs;"
                        + " exec unshare -Cm sh -c 'mount -t cgroup2 none /sys/fs/cgroup && exec \"$@\"' sh \"$@\"",
                container.toString());
        try {
            assertThat(answer(server)).endsWith(" without []");
        } finally {
            server.destroyForcibly();
            await().until(() -> isRemoved(container));
        }
    }

    private static boolean isRemoved(Path cgroup) throws Exception {
        return new ProcessBuilder("find", cgroup.toString(), "-depth", "-type", "d", "-delete")
                        .start()
                        .waitFor()
                == 0;
    }

    /** The server's user has as many processes as are allowed. For root, the limit applies to the sandboxes. */
    @Test
    void withoutRoomForProcessesItSaysWhatToRaise() throws Exception {
        refused(TestHelper.spec(), "--nproc=1")
                .message()
                .matches(
                        "(?s)(start the mapper of ids|clone into the sandbox's namespaces): Resource temporarily unavailable: "
                                + "The server's user has as many processes.*ulimit -u.*");
    }

    /** The ranges of ids were withdrawn or given to somebody else after the server had read them. */
    @Test
    void withoutIdsFromNewuidmapItSaysWhatToDo() throws Exception {
        refused(TestHelper.spec(new IdMap(IdMap.Mapper.SUBORDINATE, 5, 5, 65536)))
                .hasMessageStartingWith("run newuidmap: Operation not permitted: Install uidmap");
    }

    /** What a launcher says that can't start the sandbox. The limits are options of prlimit(1). */
    private static AbstractThrowableAssert<?, ? extends Throwable> refused(SandboxSpec spec, String... limits)
            throws Exception {
        Poller poller = new Poller("test poller");
        try (SealedProgram program = TestHelper.program()) {
            Launcher launcher = Launcher.start(program, poller, List.of(), () -> {});
            List<String> command = new ArrayList<>(List.of(
                    "prlimit", "--pid", Integer.toString(launcher.process().pid())));
            command.addAll(List.of(limits));
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            return assertThatThrownBy(() -> UnshareHelper.start(launcher, spec, poller, NOBODY))
                    .isInstanceOf(SandboxException.class);
        } finally {
            poller.close();
        }
    }
}
