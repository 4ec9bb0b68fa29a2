package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.fail;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.Poller;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.Shell;
import dev.nslab.sandbox.ShellRequest;
import dev.nslab.sandbox.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real sandbox, its snapshots, and a way to look at it that is independent of snapshots. */
final class LiveSandbox implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Poller poller;
    private final Sandboxes sandboxes;
    private final SnapshotSource source;
    private final List<Shell> shells = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    final Sandbox sandbox;
    private int bystander;

    LiveSandbox() throws LinuxException, SandboxException {
        poller = new Poller("test");
        sandboxes = new Sandboxes(TestLimits.DEFAULT, poller);
        sandbox = sandboxes.start("lab");
        source = new SnapshotSource(new ProcFs(Path.of("/proc")), sandbox.id(), InsideView.of(sandbox));
    }

    /** With a process that is in all the sandbox's own namespaces, and does nothing. */
    static LiveSandbox withBystander() throws LinuxException, SandboxException {
        LiveSandbox live = new LiveSandbox();
        live.bystander = live.run("tty1", "sleep", "1000");
        return live;
    }

    int bystander() {
        return bystander;
    }

    /** Runs a program in a terminal of that name. Returns its PID. */
    int run(String terminal, String... command) throws SandboxException {
        Shell shell = sandbox.open(new ShellRequest(List.of(command), 80, 24, Map.of()));
        shells.add(shell);
        names.put(shell.pid(), terminal);
        return shell.pid();
    }

    /** Runs lines of bash in a terminal. */
    int script(String terminal, String script) throws SandboxException {
        return run(terminal, "bash", "-c", script);
    }

    Snapshot snapshot() {
        return source.take(SandboxRoot.of(sandbox), names, false);
    }

    Snapshot snapshot(SandboxRoot root) {
        return source.take(root, names, false);
    }

    /** Starts to watch for deaths. The caller closes what is returned. */
    DeathWatch watchDeaths(Runnable whenOneEnds) {
        return source.watchDeaths(poller, whenOneEnds);
    }

    Snapshot snapshotAsked() {
        return source.take(SandboxRoot.of(sandbox), names, true);
    }

    /** The first complete snapshot for which the condition is true. */
    Snapshot await(Predicate<Snapshot> condition) {
        Instant end = Instant.now().plus(DEADLINE);
        Snapshot snapshot = snapshotAsked();
        while (!condition.test(snapshot)) {
            if (Instant.now().isAfter(end)) {
                fail("not in time; the last was " + snapshot);
            }
            LockSupport.parkNanos(5_000_000);
            snapshot = snapshotAsked();
        }
        return snapshot;
    }

    /** The first snapshot in which this many processes have become a sleep(1) with this argument. */
    Snapshot await(int count, String argument) {
        return await(snapshot -> sleeping(snapshot, argument).size() == count);
    }

    static List<SandboxProcess> sleeping(Snapshot snapshot, String argument) {
        return snapshot.processes().stream()
                .filter(process -> process.command().equals("sleep"))
                .filter(process -> process.arguments().equals(List.of("sleep", argument)))
                .filter(process -> process.state().equals("S"))
                .toList();
    }

    static Namespace namespace(Snapshot snapshot, long inode) {
        return snapshot.namespaces().stream()
                .filter(namespace -> namespace.inode() == inode)
                .findFirst()
                .orElseThrow();
    }

    static Namespace namespace(Snapshot snapshot, SandboxProcess process, NamespaceType type) {
        return namespace(snapshot, requireNonNull(process.namespaces().get(type.toString())));
    }

    /** What a bash prints that has entered all namespaces of the bystander from outside. */
    List<String> inside(String script) throws IOException, InterruptedException {
        return witness(hostPid(bystander), script);
    }

    /** The inode of a file, such as a namespace, as stat(1) finds it inside. */
    long inode(String path) throws IOException, InterruptedException {
        return Long.parseLong(inside("stat -L -c %i '" + path + "'").getFirst());
    }

    /** What a bash prints that has entered all namespaces of a process from outside. */
    List<String> witness(int hostPid, String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "-t", Integer.toString(hostPid), "-U", "-m", "-u", "-i", "-n", "-p", "-C", "-T"));
        // If only one uid is mapped, setgroups(2) is refused, and there is no other uid to change to.
        if (Files.readString(Path.of("/proc", Integer.toString(hostPid), "setgroups"))
                .startsWith("deny")) {
            command.add("--preserve-credentials");
        }
        command.addAll(List.of("--", "bash", "-c", script));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            fail(command + " said: " + output);
        }
        return output.lines().toList();
    }

    /** The machine's PID of a process that is a child of the sandbox's init. */
    int hostPid(int pid) {
        return ProcessHandle.of(sandbox.init())
                .orElseThrow()
                .children()
                .filter(child -> status(child.pid(), "NSpid").endsWith("\t" + pid))
                .mapToInt(child -> (int) child.pid())
                .findFirst()
                .orElseThrow();
    }

    private static String status(long hostPid, String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(hostPid), "status"))) {
            return lines.filter(line -> line.startsWith(key + ":")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sandboxes.close();
        shells.forEach(shell -> shell.master().close());
        poller.close();
    }
}
