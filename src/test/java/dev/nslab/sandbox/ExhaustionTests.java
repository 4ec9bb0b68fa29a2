package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Credentials;
import dev.nslab.linux.TestFds;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A learner takes everything that there is of some resource. They soon get no more, and the neighbour has enough all
 * the time.
 */
@Tag("sandbox")
class ExhaustionTests extends UnderAttack {
    private static final boolean ROOT = Credentials.ofThisProcess().uid() == 0;

    private static final String[] PROGRAMS = {
        "pipes",
        "memfd",
        "shared",
        "sockets",
        "connections",
        "signals",
        "queues",
        "inotify",
        "watches",
        "passed-on",
        "filters"
    };

    static Stream<Arguments> limited() {
        return Stream.of(
                Arguments.of(
                        "processes",
                        "f() { for i in 1 2 3 4; do f & done; wait; }; read -r said < <(f 2>&1); echo \"$said\"",
                        "Resource temporarily unavailable"),
                Arguments.of(
                        "memory",
                        "perl -e '$x = \"x\" x (1 << 32); print length $x' 2>&1; echo over",
                        "(?s)(Killed|Out of memory|panic).*over"),
                Arguments.of("files in memory", "dd if=/dev/zero of=/tmp/full bs=1M count=100 2>&1", "No space left"),
                Arguments.of(
                        "whatever can be written",
                        "n=0; for m in $(awk '$4 ~ /^rw/ {print $2}' /proc/mounts); do dd if=/dev/zero of=$m/full bs=1M count=100 2>/dev/null && echo filled $m; n=$((n + 1)); done; echo $n tried",
                        "^\\d+ tried"),
                Arguments.of(
                        "number of files",
                        "mkdir /tmp/many; cd /tmp/many; seq 20000 | xargs touch 2>&1 | head -1",
                        "No space left"),
                Arguments.of(
                        "open files",
                        "perl -e 'while (open($f[@f], \"<\", \"/dev/null\")) { last if @f > 5000 } print \"$!\\n\"'",
                        "Too many open files"),
                Arguments.of(
                        "terminals",
                        "perl -e 'while (open($f[@f], \"+<\", \"/dev/ptmx\")) { last if @f > 5000 } print \"$!\\n\"'",
                        "No space left"),
                Arguments.of(
                        "network namespaces",
                        "for i in {1..20}; do touch /tmp/n$i; unshare --net=/tmp/n$i true 2>&1 || break; done",
                        "No space left"),
                Arguments.of(
                        "mount namespaces",
                        "for i in {1..100}; do unshare -m sleep 1000 & done 2>&1; wait -n; true",
                        "No space left"),
                Arguments.of(
                        "user namespaces, one in the other",
                        "u() { unshare -U bash -c \"$(declare -f u); u\"; }; u 2>&1 | head -1",
                        "No space left|not permitted|temporarily"),
                Arguments.of(
                        "mounts",
                        "mkdir /tmp/m; mount -t tmpfs none /tmp/m; mount --make-private /tmp/m; for i in {1..40}; do mkdir -p /tmp/m/$i; mount --rbind /tmp/m /tmp/m/$i 2>&1 || break; done",
                        "No space left"),
                Arguments.of(
                        "files of the init",
                        "prlimit --pid 1 --nofile=1:1; prlimit --pid 1 --nproc=1:1; echo over",
                        "over"),
                Arguments.of(
                        "message queues of System V",
                        "perl -e 'for (1..100000) { $n = msgget(0, 01777); last unless defined $n } print \"$!\\n\"'",
                        "No space left"),
                Arguments.of("pipes", "perl /tmp/pipes", "^\\d\\d? MB"),
                Arguments.of("filters of its own", "perl /tmp/filters", "^128: Cannot allocate memory\nagain: 128"),
                Arguments.of(
                        "inotify's watches",
                        "perl /tmp/watches",
                        ROOT ? "^819\\d: No space left" : "^51\\d: No space left"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void limited(String name, String attack, String reason) throws Exception {
        bring(console, PROGRAMS);
        try (var _ = neighbour.new Watch()) {
            assertThat(console.run(attack)).containsPattern(reason).doesNotContain("filled");
        }
        aResetGivesItBack();
    }

    /** Programs, what they print when they take all that they can get, and how much an honest learner needs. */
    static Stream<Arguments> countedForTheServersUser() {
        return Stream.of(
                Arguments.of("signals", "^25\\d: Resource temporarily unavailable", 10),
                Arguments.of("queues", ROOT ? "^9: Too many open files" : "^1: Too many open files", ROOT ? 9 : 1),
                Arguments.of("inotify", ROOT ? "^128: Too many open files" : "^8: Too many open files", 3));
    }

    /**
     * The kernel counts these also for all sandboxes of a server together, so nobody may have more than a small part.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void countedForTheServersUser(String program, String reason, int some) {
        assertThat(held(program)).containsPattern(reason);
        neighbour.has(program, some);
    }

    /**
     * For the kernel, what is in a user namespace belongs to its creator. If the server is root, this is a user of the
     * sandbox's own.
     */
    @Test
    @EnabledIf("isRoot")
    void theServersUserIsChargedWithNothing() throws Exception {
        assertThat(held("inotify")).startsWith("128:");
        List<WatchService> own = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            own.add(FileSystems.getDefault().newWatchService());
        }
        for (WatchService each : own) {
            each.close();
        }
    }

    /**
     * Like the tests of IPC namespaces in the Linux Test Project. If the server is not root, its user has too few
     * queues for all.
     */
    @Test
    @EnabledIf("isRoot")
    void aQueueInEachOfTwoNamespaces() {
        bring(console, "queues");
        assertThat(held("queues 1")).isEqualTo("1\n");
        assertThat(console.run("unshare -i perl /tmp/queues 1 < /dev/null")).isEqualTo("1\n");
    }

    static boolean isRoot() {
        return ROOT;
    }

    /** Starts a program that keeps what it has taken, and returns what it says. */
    private String held(String program) {
        bring(console, program.split(" ", 2)[0]);
        return console.run("(perl /tmp/" + program + " > /tmp/said < <(sleep 1000) &); "
                + "until [ -s /tmp/said ]; do sleep 0.01; done; cat /tmp/said");
    }

    /** Sandboxes without ids of their own share this count. The inits, which pass on terminals, have more room. */
    @Test
    void filesUnderWay() throws Exception {
        assertThat(held("passed-on")).contains("Too many references");
        for (Sandbox any : List.of(sandbox, sandboxes.start("lab"))) {
            Console.open(any).close();
        }
    }

    static Stream<Arguments> memory() {
        return Stream.of(
                Arguments.of("a file without a name", "perl /tmp/memfd"),
                Arguments.of("shared memory", "perl /tmp/shared"),
                Arguments.of(
                        "a file system of its own",
                        "mount -t tmpfs -o size=100G none /mnt; dd if=/dev/zero of=/mnt/x bs=1M count=700 && echo took all"),
                Arguments.of(
                        "one that knows no size",
                        "mount -t ramfs none /mnt; dd if=/dev/zero of=/mnt/x bs=1M count=700 && echo took all"),
                Arguments.of("buffers of sockets", "perl /tmp/sockets"));
    }

    /**
     * The attack takes 700 MB, of which a cgroup gives at most 512. Without a cgroup they are taken from the machine
     * until the sandbox ends.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void memory(String name, String attack) throws Exception {
        bring(console, PROGRAMS);
        try (var _ = neighbour.new Watch()) {
            assertThat(said(attack).contains("took all"))
                    .isEqualTo(sandboxes.unlimited().contains("memory"));
        }
        aResetGivesItBack();
    }

    /**
     * What the attack says before it ends. The shell may end, too, because only the death of the init frees memory that
     * is used by files.
     */
    private String said(String attack) {
        console.type("echo be''gin; " + attack + "; echo e''nd\n");
        StringBuilder said = new StringBuilder();
        while (said.indexOf("end\r\n") < 0 && !console.shell().exit().isDone()) {
            said.append(new String(TestFds.read(console.master(), Duration.ofMillis(100)), StandardCharsets.UTF_8));
        }
        return said.toString();
    }

    /** Cgroups of version 2 charge this together with all other memory, those of version 1 separately. */
    @Test
    void whatTcpHoldsOfUnreadConnections() {
        bring(console, "connections");
        long megabytes = Long.parseLong(console.run("perl /tmp/connections").replaceAll("\\D", ""));
        boolean isVersion2 =
                sandboxes.cgroups().stream().anyMatch(cgroup -> Files.exists(cgroup.resolve("memory.max")));
        if (!sandboxes.unlimited().contains("memory")) {
            assertThat(megabytes).isLessThan(isVersion2 ? 512 : 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b() { while :; do b & b; done; }; b 2>/dev/null",
                "for i in {1..20}; do while :; do :; done & done",
                "for i in {1..8}; do while :; do unshare -n true; done & while :; do unshare -Urmpif true; done & done",
                "while :; do mount -t tmpfs none /mnt; umount /mnt; done",
                "while :; do perl -e '$x = \"x\" x (1 << 30)'; done",
                "while :; do dd if=/dev/zero of=/tmp/full bs=64k; rm /tmp/full; done",
                "while :; do find / -xdev -type f -exec cat {} + >/dev/null; done",
                "while :; do kill -0 $$; unshare true; done",
                "while :; do sync; done"
            })
    void work(String attack) {
        try (var _ = neighbour.new Watch()) {
            console.type("{ " + attack + "; } >/dev/null 2>&1 &\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void floods(int terminals) throws Exception {
        List<Console> consoles = new ArrayList<>(List.of(console));
        while (consoles.size() < terminals) {
            consoles.add(Console.open(sandbox));
        }
        try (var _ = neighbour.new Watch()) {
            consoles.forEach(each -> each.type("yes & yes\n"));
            // Native code blocks these threads. If they were virtual, no carrier thread would be left for the
            // neighbour.
            for (Console each : consoles) {
                Thread.ofPlatform().daemon().start(each::swallow);
            }
        }
    }
}
