package dev.nslab.bench;

import java.io.IOException;
import java.util.Locale;

/** Prints what it measures; nothing here passes or fails. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%d cores, Linux %s, JDK %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"), Runtime.version());
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
        System.exit(0); // the HTTP client's threads are not daemons
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
            if (peer == null) say("peer: shellinabox", "not installed");
            else say("peer: shellinabox, open to prompt", peer.open(50, 150));
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
