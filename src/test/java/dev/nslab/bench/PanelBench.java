package dev.nslab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time from the return of a learner's unshare to the frame in which a WebSocket client reads the new namespace. */
final class PanelBench {
    /**
     * Calls unshare(CLONE_NEWUTS), prints the time at which it returned and the new inode, and waits. CLOCK_MONOTONIC
     * is the clock of System.nanoTime, and the sandbox's time namespace has no offset.
     */
    private static final String UNSHARE = "perl -MTime::HiRes=clock_gettime,sleep -e '"
            + "chomp(my $m = `uname -m`); my $n = $m eq \"aarch64\" ? 97 : 272;"
            + "syscall($n, 0x04000000); my $t = clock_gettime(1);"
            + "printf \"at=%.0f uts=%s.\\n\", $t * 1e9, readlink(\"/proc/self/ns/uts\") =~ /(\\d+)/; sleep(1)'\r";

    private static final Pattern TOLD = Pattern.compile("at=(\\d+) uts=(\\d+)\\.");

    private static final Pattern TOOK = Pattern.compile("from=([0-9.]+) to=([0-9]+\\.[0-9]+)\\.");

    /**
     * Prints four times a second and forks once. Fifty of these are work for the server, but not much for the machine.
     */
    private static final String BUSY =
            "while /bin/true; do for i in 1 2 3 4; do echo busy; read -rt 0.25; done; done\r";

    private final LabClient lab;

    PanelBench(LabClient lab) {
        this.lab = lab;
    }

    Samples latency(int warmUp, int rounds) throws Exception {
        String sandbox = lab.newSandbox();
        LabClient.Terminal terminal = lab.openReady(sandbox);
        Line panel = lab.watch(sandbox);
        Samples samples = Samples.of(warmUp, rounds, () -> once(terminal, panel));
        lab.endSandbox(sandbox);
        return samples;
    }

    private static double once(LabClient.Terminal terminal, Line panel) throws Exception {
        terminal.line().forget();
        panel.forget();
        terminal.type(UNSHARE);
        terminal.line().await(all -> TOLD.matcher(all).find());
        Matcher told = TOLD.matcher(terminal.line().text());
        if (!told.find()) {
            throw new IllegalStateException(terminal.line().text());
        }
        String inode = "\"uts\":" + told.group(2);
        long seen = panel.await(all -> hasCompleteFrameWith(all, inode));
        terminal.line().await(all -> all.lastIndexOf(LabClient.PROMPT) > all.lastIndexOf("uts="));
        return (seen - Long.parseLong(told.group(1))) / 1e6;
    }

    /** The time is that of the last frame that came. If a later one has come, the sample gets worse, never better. */
    private static boolean hasCompleteFrameWith(StringBuilder all, String inode) {
        int found = all.indexOf(inode);
        return found >= 0 && all.indexOf("\n", found) >= 0;
    }

    Samples latencyBeside(int busy, int rounds) throws Exception {
        List<String> others = new ArrayList<>();
        for (int count = 0; count < busy; count++) {
            String other = lab.newSandbox();
            others.add(other);
            lab.openReady(other).type(BUSY);
            lab.watch(other);
        }
        Samples samples = latency(5, rounds);
        for (String other : others) {
            lab.endSandbox(other);
        }
        return samples;
    }

    /** How long a complete snapshot of this many processes takes over HTTP, and how long lsns takes there. */
    record Scan(Samples snapshot, Samples lsns) {}

    Scan scan(int processes, int rounds) throws Exception {
        String sandbox = lab.newSandbox();
        LabClient.Terminal terminal = lab.openReady(sandbox);
        terminal.type("for ((i = 2; i < " + processes + "; i++)); do sleep 10000 & done; clear; echo all' 'there\r");
        terminal.line().await("all there");
        Samples snapshot = Samples.of(rounds / 4, rounds, () -> {
            long start = System.nanoTime();
            lab.snapshot(sandbox);
            return Samples.since(start);
        });
        Samples lsns = Samples.of(1, rounds / 4, () -> lsns(terminal));
        lab.endSandbox(sandbox);
        return new Scan(snapshot, lsns);
    }

    private static double lsns(LabClient.Terminal terminal) throws Exception {
        terminal.line().forget();
        terminal.type("a=$EPOCHREALTIME; lsns > /dev/null; echo from=$a to=$EPOCHREALTIME.\r");
        terminal.line().await(all -> TOOK.matcher(all).find());
        Matcher took = TOOK.matcher(terminal.line().text());
        if (!took.find()) {
            throw new IllegalStateException(terminal.line().text());
        }
        return (Double.parseDouble(took.group(2)) - Double.parseDouble(took.group(1))) * 1000;
    }

    /** The share of one core that this many idle sandboxes cost while somebody looks at each. */
    double idleLoad(ServerProcess server, int sandboxes) throws Exception {
        List<String> all = new ArrayList<>();
        for (int count = 0; count < sandboxes; count++) {
            String sandbox = lab.newSandbox();
            all.add(sandbox);
            lab.openReady(sandbox);
            lab.watch(sandbox);
        }
        server.idleLoad(40); // lets what opening them has started come to an end
        double load = server.idleLoad(40);
        for (String sandbox : all) {
            lab.endSandbox(sandbox);
        }
        return load;
    }
}
