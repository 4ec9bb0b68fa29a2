package dev.nslab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the return of a learner's unshare to the frame in which a WebSocket client reads the new namespace. */
final class PanelBench {
    /**
     * Calls unshare(CLONE_NEWUTS), tells the time at which it returned and the new inode, and waits. CLOCK_MONOTONIC is
     * System.nanoTime's clock; the sandbox's time namespace has no offset.
     */
    private static final String UNSHARE = "perl -MTime::HiRes=clock_gettime,sleep -e '"
            + "chomp(my $m = `uname -m`); my $n = $m eq \"aarch64\" ? 97 : 272;"
            + "syscall($n, 0x04000000); my $t = clock_gettime(1);"
            + "printf \"at=%.0f uts=%s.\\n\", $t * 1e9, readlink(\"/proc/self/ns/uts\") =~ /(\\d+)/; sleep(1)'\r";

    private static final Pattern TOLD = Pattern.compile("at=(\\d+) uts=(\\d+)\\.");

    private static final String BUSY = "while :; do echo busy; /bin/true; sleep 0.1; done\r";

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
        if (!told.find()) throw new IllegalStateException(terminal.line().text());
        String inode = "\"uts\":" + told.group(2);
        long seen = panel.await(all -> hasCompleteFrameWith(all, inode));
        terminal.line().await(all -> all.lastIndexOf(LabClient.PROMPT) > all.lastIndexOf("uts="));
        return (seen - Long.parseLong(told.group(1))) / 1e6;
    }

    /** The frame's time is right only for the last one that came: a later frame makes the sample worse, never better. */
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
        for (String other : others) lab.endSandbox(other);
        return samples;
    }

    /** Share of one core that so many idle sandboxes cost while somebody looks at each. */
    double idleLoad(ServerProcess server, int sandboxes) throws Exception {
        List<String> all = new ArrayList<>();
        for (int count = 0; count < sandboxes; count++) {
            String sandbox = lab.newSandbox();
            all.add(sandbox);
            lab.openReady(sandbox);
            lab.watch(sandbox);
        }
        server.idleLoad(5); // what opening them has set going
        double load = server.idleLoad(20);
        for (String sandbox : all) lab.endSandbox(sandbox);
        return load;
    }
}
