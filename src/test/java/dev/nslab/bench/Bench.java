package dev.nslab.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Prints what it measures. Nothing here passes or fails. With the argument {@code attacks}, only that part is run. */
public final class Bench {
    private static final List<String> NO_CGROUPS =
            List.of("unshare", "-m", "sh", "-c", "mount -t tmpfs -o ro none /sys/fs/cgroup && exec \"$@\"", "sh");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%d cores, Linux %s, JDK %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"), Runtime.version());
        if (!List.of(arguments).contains("attacks")) {
            all();
        }
        attacks();
        System.exit(0); // the HTTP client's threads are not daemons
    }

    private static void all() throws Exception {
        say("start-up to ready", Samples.of(1, 5, Bench::startUp));
        try (ServerProcess server = ServerProcess.start("--nslab.limits.processes=1100")) {
            server.idleLoad(3);
            say("resident after the start", megabytes(server));
            LabClient lab = new LabClient(server.url());
            terminals(new TerminalBench(lab));
            panel(new PanelBench(lab), server);
            server.idleLoad(3);
            say("resident after all this", megabytes(server));
        }
        peer();
    }

    private static void attacks() throws Exception {
        System.out.println("beside a neighbour's attack, with the cgroups that there are");
        try (ServerProcess server = ServerProcess.start()) {
            new AttackBench(new LabClient(server.url())).run(Bench::say);
        }
        System.out.println("beside a neighbour's attack, without cgroups");
        try (ServerProcess server = ServerProcess.startBy(NO_CGROUPS)) {
            new AttackBench(new LabClient(server.url())).run(Bench::say);
        }
    }

    private static double startUp() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            return server.readyAfter();
        }
    }

    private static void terminals(TerminalBench bench) throws Exception {
        say("sandbox + first prompt", bench.sandboxAndFirstPrompt());
        say("further terminal, open to prompt", bench.furtherTerminal());
        say("keystroke echo", bench.echo());
    }

    private static void panel(PanelBench bench, ServerProcess server) throws Exception {
        say("unshare to panel frame", bench.latency(20, 60));
        say("  beside 50 busy sandboxes", bench.latencyBeside(50, 40));
        for (int processes : new int[] {10, 1000}) {
            PanelBench.Scan scan = bench.scan(processes, processes == 10 ? 200 : 20);
            say("snapshot of " + processes + " processes", scan.snapshot());
            say("  lsns beside them", scan.lsns());
        }
        say(
                "100 idle watched sandboxes",
                String.format(Locale.ROOT, "%.1f %% of one core", 100 * bench.idleLoad(server, 100)));
    }

    private static void peer() throws Exception {
        try (Shellinabox peer = Shellinabox.start()) {
            if (peer == null) {
                say("peer: shellinabox", "not installed");
            } else {
                say("peer: shellinabox, open to prompt", peer.open(50, 150));
            }
        } catch (IOException e) {
            say("peer: shellinabox", e);
        }
    }

    private static String megabytes(ServerProcess server) throws Exception {
        return String.format(Locale.ROOT, "%.0f MB", server.residentMegabytes());
    }

    private static void say(String what, Object figures) {
        System.out.printf("%-36s%s%n", what, figures);
    }
}
