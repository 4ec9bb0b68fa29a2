package dev.nslab.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.nslab.limits.Limits;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.UidMap;
import dev.nslab.sandbox.Sandbox.State;
import dev.nslab.sandbox.SandboxException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life cycle of a sandbox, with the real helper and real shells. */
@Tag("sandbox")
class SandboxTests {
    private Poller poller;
    private Sandboxes sandboxes;

    @BeforeEach
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = sandboxes(poller);
    }

    Sandboxes sandboxes(Poller poller) throws LinuxException {
        return new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.program());
    }

    @AfterEach
    void end() {
        sandboxes.close();
        poller.close();
    }

    private Sandbox lab() throws SandboxException {
        return sandboxes.start("lab");
    }

    /** Closing also reaps: the poller is closed next, and after that nobody would reap processes. */
    @Test
    void nothingIsLeftOnceTheyAreClosed() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        for (int round = 0; round < 20; round++) {
            Sandboxes closed = sandboxes(poller);
            closed.start("lab");
            closed.close();
            assertThat(ProcessHandle.current().children()).isSubsetOf(before);
        }
    }

    @Test
    void theFirstShellIsRootOnATerminalOfItsOwn() throws Exception {
        try (Console console = Console.open(lab())) {
            assertThat(console.run("id -u; tty; hostname; echo $$; ps -o tty= -p $$"))
                    .isEqualTo("0\n/dev/pts/0\nlab\n2\npts/0\n");
        }
    }

    @Test
    void severalShellsShareTheSandbox() throws Exception {
        Sandbox sandbox = lab();
        try (Console first = Console.open(sandbox);
                Console second = Console.open(sandbox)) {
            first.run("touch /tmp/here");
            assertThat(second.run("tty; ls /tmp")).isEqualTo("/dev/pts/1\nhere\n");
            assertThat(second.shell().pid()).isNotEqualTo(first.shell().pid());
        }
    }

    @Test
    void theWindowHasTheSizeThatWasAskedFor() throws Exception {
        Shell shell = lab().open(new ShellRequest(List.of("stty", "size"), 123, 45, Map.of()));
        try (Console console = new Console(shell)) {
            console.await("45 123");
        }
    }

    @Test
    void aShellTellsHowItEnded() throws Exception {
        Sandbox sandbox = lab();
        assertThat(exit(sandbox, "exit 3")).isEqualTo(new ExitStatus(3, null));
        assertThat(exit(sandbox, "kill -KILL $$")).isEqualTo(new ExitStatus(137, "SIGKILL"));
    }

    private static ExitStatus exit(Sandbox sandbox, String script) throws Exception {
        Shell shell = sandbox.open(new ShellRequest(List.of("bash", "-c", script), 80, 24, Map.of()));
        try (var _ = shell.master()) {
            return shell.exit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProgramThatDoesNotExistIsNamed() throws Exception {
        Sandbox sandbox = lab();
        assertThatThrownBy(() -> sandbox.open(new ShellRequest(List.of("no-such-program"), 80, 24, Map.of())))
                .hasMessageStartingWith("run no-such-program: No such file or directory: ")
                .asInstanceOf(type(SandboxException.class))
                .returns(Problem.COMMAND_FAILED, SandboxException::problem);
        try (Console console = Console.open(sandbox)) {
            assertThat(console.run("echo works on")).isEqualTo("works on\n");
        }
    }

    @Test
    void endingAShellEndsAllThatRunsInItsTerminal() throws Exception {
        Sandbox sandbox = lab();
        try (Console other = Console.open(sandbox)) {
            Console ended = Console.open(sandbox);
            ended.run("trap '' HUP; sleep 1000 & (trap '' HUP TERM; setsid --fork sleep 2000; sleep 3000) & true");
            ended.type("unshare -p -f --mount-proc sleep 4000\n");
            other.run("until pgrep -fx 'sleep 4000' && pgrep -fx 'sleep 2000'; do sleep 0.01; done");
            ended.close();
            assertThat(other.run("while pgrep -fx 'sleep [134]000'; do sleep 0.01; done; pgrep -fxc 'sleep 2000'"))
                    .as("what has left the session stays, as a daemon would")
                    .endsWith("\n1\n".substring(1));
        }
    }

    @Test
    void watchedCallsAreTold() throws Exception {
        Sandbox sandbox = lab();
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        listen(sandbox, calls);
        try (Console console = Console.open(sandbox)) {
            console.run("unshare -p -u -f true; hostname there");
            Call unshare = calls.poll(20, TimeUnit.SECONDS);
            assertThat(unshare).returns("unshare", Call::syscall).returns("unshare", Call::command);
            assertThat(unshare.flags()).containsExactlyInAnyOrder("CLONE_NEWPID", "CLONE_NEWUTS");
            assertThat(calls.poll(20, TimeUnit.SECONDS)).returns("sethostname", Call::syscall);
        }
    }

    @Test
    void aCallIsToldWithWhatItIsAboutAndWhen() throws Exception {
        Sandbox sandbox = lab();
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        listen(sandbox, calls);
        try (Console console = Console.open(sandbox)) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
            console.run("mount -t tmpfs none /nowhere; umount /nowhere; hostname other");
            for (String[] call : new String[][] {{"mount", "mnt"}, {"umount2", "mnt"}, {"sethostname", "uts"}}) {
                assertThat(calls.poll(20, TimeUnit.SECONDS))
                        .returns(call[0], Call::syscall)
                        .returns(ofTheSandbox(sandbox, call[1]), Call::namespace)
                        .satisfies(told -> assertThat(told.at()).isBetween(before, Instant.now()));
            }
        }
    }

    @Test
    void aCallOfAThreadIsToldWithItsProcess() throws Exception {
        Sandbox sandbox = lab();
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        listen(sandbox, calls);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        try (Console console = Console.open(sandbox)) {
            List<String> numbers = console.run(
                            "perl -Mthreads -e 'threads->create(sub { print \"$$ \", syscall(%d), \"\\n\"; syscall(%d, 0x4000000) })->join'"
                                    .formatted(arm ? 178 : 186, arm ? 97 : 272))
                    .lines()
                    .filter(line -> line.matches("\\d+ \\d+"))
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .toList();
            Call call = requireNonNull(calls.poll(20, TimeUnit.SECONDS));
            assertThat(List.of(Integer.toString(call.pid()), Integer.toString(call.tid())))
                    .isEqualTo(numbers);
            assertThat(call.tid()).isNotEqualTo(call.pid());
            assertThat(call.syscall()).isEqualTo("unshare");
        }
    }

    @Test
    void aKillIsToldWithItsTargetAndSignal() throws Exception {
        Sandbox sandbox = lab();
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        listen(sandbox, calls);
        try (Console console = Console.open(sandbox)) {
            int target = Integer.parseInt(
                    console.run("sleep 1000 & echo $!").lines().toList().getLast());
            console.run("kill -9 " + target);
            assertThat(calls.poll(20, TimeUnit.SECONDS))
                    .returns("kill", Call::syscall)
                    .returns(ofTheSandbox(sandbox, "pid"), Call::namespace)
                    .returns(new Call.Kill(target, "SIGKILL"), Call::kill);
        }
    }

    private static long ofTheSandbox(Sandbox sandbox, String type) {
        return requireNonNull(sandbox.namespaces().get(type));
    }

    private static void listen(Sandbox sandbox, BlockingQueue<Call> calls) {
        sandbox.listen(new SandboxListener() {
            @Override
            public void onCall(Call call) {
                calls.add(call);
            }

            @Override
            public void onStateChange() {}
        });
    }

    @Test
    void aLookTellsWhatOnlyTheInsideShows() throws Exception {
        Sandbox sandbox = lab();
        try (Console console = Console.open(sandbox);
                Console nested = Console.open(sandbox)) {
            nested.type("unshare -p -u -f --mount-proc bash -c 'hostname deep; sleep 1000'\n");
            int sleep = Integer.parseInt(
                    console.run("until pgrep -x sleep; do sleep 0.01; done").strip());
            String itsNamespace = console.run("readlink /proc/" + sleep + "/ns/pid");
            List<UidMap.Extent> map = UidMap.extents(console.run("cat /proc/$$/uid_map"));
            assertThat(map).isNotEmpty();
            assertThat(sandbox.look(sleep)).isEqualTo(new InsideLook("deep", inode(itsNamespace), map));
            String own = console.run("readlink /proc/self/ns/pid");
            assertThat(sandbox.look(console.shell().pid())).isEqualTo(new InsideLook("lab", inode(own), map));
            console.run("mount --bind /tmp /proc");
            assertThat(sandbox.look(console.shell().pid())).isEqualTo(new InsideLook("lab", 0, map));
        }
    }

    private static long inode(String link) {
        return Long.parseLong(link.replaceAll("[^0-9]", ""));
    }

    @Test
    void itsOwnNamespacesAreTheOnesThatLsShowsInside() throws Exception {
        Sandbox sandbox = lab();
        try (Console console = Console.open(sandbox)) {
            sandbox.namespaces()
                    .forEach((name, inode) -> assertThat(inode(console.run("readlink /proc/self/ns/" + name)))
                            .as(name)
                            .isEqualTo(inode));
        }
    }

    @Test
    void nsenterEntersAllNamespacesAtOnce() throws Exception {
        try (Console console = Console.open(lab())) {
            assertThat(console.run(
                            "unshare -p -u -m -n -i -C -T -f sleep 1000 & until pgrep -x sleep; do sleep 0.01; done"))
                    .isNotEmpty();
            assertThat(console.run("nsenter -a -t $(pgrep -x sleep) readlink /proc/self/ns/uts"))
                    .isEqualTo(console.run("readlink /proc/$(pgrep -x sleep)/ns/uts"));
        }
    }

    @Test
    void aResetKeepsTheIdAndNothingElse() throws Exception {
        Sandbox sandbox = lab();
        String id = sandbox.id();
        Console old = Console.open(sandbox);
        old.run("hostname changed; touch /tmp/old; sleep 1000 & true");
        int oldInit = sandbox.init();
        sandbox.reset();
        assertThat(old.shell().exit().get(20, TimeUnit.SECONDS).signal()).isEqualTo("SIGKILL");
        assertThat(Path.of("/proc", String.valueOf(oldInit))).doesNotExist();
        try (Console fresh = Console.open(sandbox)) {
            assertThat(fresh.run("hostname; ls /tmp; ps -o comm= -e > /tmp/seen; sort /tmp/seen"))
                    .isEqualTo("lab\nbash\ninit\nps\n");
        }
        assertThat(sandbox.id()).isEqualTo(id);
        old.close();
    }

    @Test
    void ofTwoResetsAtOnceOneIsRefused() throws Exception {
        Sandbox sandbox = lab();
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        sandbox.listen(new SandboxListener() {
            @Override
            public void onCall(Call call) {}

            @Override
            public void onStateChange() {
                if (sandbox.state() == State.RESETTING) {
                    Thread.startVirtualThread(() -> second.complete(failure(sandbox)));
                }
                while (sandbox.state() == State.RESETTING && !second.isDone()) {
                    Thread.onSpinWait();
                }
            }
        });
        sandbox.reset();
        assertThat(second.get(20, TimeUnit.SECONDS))
                .asInstanceOf(type(SandboxException.class))
                .returns(Problem.BUSY, SandboxException::problem);
        assertThat(sandbox.state()).isEqualTo(State.RUNNING);
    }

    private static Throwable failure(Sandbox sandbox) {
        try {
            sandbox.reset();
            return new AssertionError("not refused");
        } catch (SandboxException e) {
            return e;
        }
    }

    @Test
    void killedFromOutsideItSaysSoAndCanBeReset() throws Exception {
        Sandbox sandbox = lab();
        Console console = Console.open(sandbox);
        CompletableFuture<State> changed = new CompletableFuture<>();
        sandbox.listen(new SandboxListener() {
            @Override
            public void onCall(Call call) {}

            @Override
            public void onStateChange() {
                changed.complete(sandbox.state());
            }
        });
        ProcessHandle.of(sandbox.init()).orElseThrow().destroyForcibly();
        assertThat(changed.get(20, TimeUnit.SECONDS)).isEqualTo(State.ENDED);
        assertThat(sandbox.endReason()).isEqualTo(EndReason.INIT_KILLED);
        assertThat(console.shell().exit().get(20, TimeUnit.SECONDS).signal()).isEqualTo("SIGKILL");
        assertThatThrownBy(() -> Console.open(sandbox))
                .asInstanceOf(type(SandboxException.class))
                .returns(Problem.ENDED, SandboxException::problem);
        sandbox.reset();
        try (Console fresh = Console.open(sandbox)) {
            assertThat(fresh.run("echo $$")).isEqualTo("2\n");
        }
        console.close();
    }

    @Test
    void theEndLeavesNoProcess() throws Exception {
        Sandbox sandbox = lab();
        try (Console console = Console.open(sandbox)) {
            console.run("unshare -p -f --mount-proc sleep 1000 & setsid sleep 2000 &"
                    + " until pgrep -fx 'sleep 1000' && pgrep -fx 'sleep 2000'; do sleep 0.01; done");
            List<Path> all = ProcessHandle.of(sandbox.init())
                    .orElseThrow()
                    .descendants()
                    .map(process -> Path.of("/proc", String.valueOf(process.pid())))
                    .toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(3);
            sandbox.end();
            assertThat(all).noneMatch(Files::exists);
        }
        assertThat(sandboxes.running()).isZero();
        assertThat(sandbox.endReason()).isEqualTo(EndReason.REQUESTED);
        sandbox.end(EndReason.SERVER_STOPPED);
        assertThat(sandbox.endReason()).isEqualTo(EndReason.REQUESTED);
        assertThatThrownBy(sandbox::reset)
                .asInstanceOf(type(SandboxException.class))
                .returns(Problem.ENDED, SandboxException::problem);
    }

    @Test
    void theEndOfAllSaysThatTheServerWasStopped() throws Exception {
        Sandboxes few = new Sandboxes(TestLimits.withSandboxes(2), poller, TestHelper.program());
        Sandbox last = few.start("lab");
        few.close();
        assertThat(last.state()).isEqualTo(State.ENDED);
        assertThat(last.endReason()).isEqualTo(EndReason.SERVER_STOPPED);
    }

    @Test
    void thereAreNoMoreThanTheLimitSays() throws Exception {
        Limits two = TestLimits.withSandboxes(2);
        try (Sandboxes few = new Sandboxes(two, poller, TestHelper.program())) {
            Sandbox first = few.start("lab");
            few.start("lab");
            assertThatThrownBy(() -> few.start("lab"))
                    .asInstanceOf(type(SandboxException.class))
                    .returns(Problem.CAPACITY, SandboxException::problem);
            first.end();
            few.start("lab");
        }
    }
}
