package dev.nslab.bench;

import dev.nslab.sandbox.Attacks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How fast the lab is for a learner while a neighbour does their worst. */
final class AttackBench {
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 500;

    /** The time between two keystrokes of a fast typist, in ms. */
    private static final int PAUSE = 10;

    private static final Map<String, String> ATTACKS = attacks();

    private final LabClient lab;

    AttackBench(LabClient lab) {
        this.lab = lab;
    }

    private static Map<String, String> attacks() {
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("nothing", "true");
        attacks.put("a fork bomb", "b() { while :; do b & b; done; }; b 2>/dev/null");
        attacks.put("a hog of memory", "while :; do perl -e '$x = \"x\" x (1 << 30)'; done");
        attacks.put("a spin on all processors", "for i in {1..20}; do while :; do :; done & done; wait");
        attacks.put(
                "a loop of unshare",
                "for i in {1..8}; do while :; do unshare -Urmpif true; done & while :; do unshare -n true; done & done; wait");
        attacks.put("a disk that is filled", "while :; do dd if=/dev/zero of=/tmp/full bs=64k; rm /tmp/full; done");
        attacks.put("a loop of bridges", script("bridges"));
        attacks.put("queues of links", script("transmit-queues"));
        attacks.put(
                "processors that change", "while :; do perl <<'END'\n" + Attacks.source("processors") + "END\ndone");
        attacks.put(
                "programs of sockets", "while :; do perl <<'END'\n" + Attacks.source("socket-programs") + "END\ndone");
        attacks.put("a flood in one terminal", "");
        attacks.put("a flood in twenty terminals", "");
        return attacks;
    }

    private static String script(String program) {
        return "bash <<'END'\n" + Attacks.source(program) + "END\n:";
    }

    /** Prints two rows for each attack, both measured by the neighbour: from keystroke to echo, and a snapshot. */
    interface Rows {
        void say(String what, Object figures);
    }

    void run(Rows rows) throws Exception {
        for (Map.Entry<String, String> attack : ATTACKS.entrySet()) {
            String attacker = lab.newSandbox();
            begin(attacker, attack.getKey(), attack.getValue());
            TimeUnit.SECONDS.sleep(1); // until it is at its height
            String neighbour = lab.newSandbox();
            rows.say("  " + attack.getKey() + ": echo", echo(neighbour));
            rows.say("    snapshot", snapshot(neighbour));
            lab.endSandbox(neighbour);
            lab.endSandbox(attacker);
        }
    }

    private void begin(String attacker, String name, String command) throws Exception {
        if (command.isEmpty()) {
            int terminals = name.contains("twenty") ? 20 : 1;
            for (int count = 0; count < terminals; count++) {
                lab.runToSink(attacker, "yes & yes");
            }
        } else {
            lab.runToSink(attacker, "{ " + command + "; } >/dev/null 2>&1");
        }
    }

    private Samples echo(String sandbox) throws Exception {
        LabClient.Terminal terminal = lab.openReady(sandbox);
        terminal.line().forget();
        terminal.type("cat > /dev/null\r");
        terminal.line().await("/dev/null\r\n");
        return Samples.of(WARM_UP, ROUNDS, () -> {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
            terminal.line().forget();
            long start = System.nanoTime();
            terminal.type("x");
            return (terminal.line().await("x") - start) / 1e6;
        });
    }

    private Samples snapshot(String sandbox) throws Exception {
        return Samples.of(5, 50, () -> {
            long start = System.nanoTime();
            lab.snapshot(sandbox);
            return Samples.since(start);
        });
    }
}
