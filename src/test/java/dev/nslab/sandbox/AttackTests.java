package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Poller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A learner's root does their worst; each attack must fail for the right reason, and the neighbour must not notice. */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
class AttackTests {
    /** errno of a system call, by its numbers on x86-64 and aarch64; 0 if it worked. */
    private static final String CALL = """
            call() {
              local n=$1; [ $(uname -m) = aarch64 ] && n=$2; shift 2
              perl -e '@a = map { /^0x/ ? hex : $_ + 0 } @ARGV;
                $r = syscall($a[0], $a[1], $a[2], $a[3], $a[4], $a[5], $a[6]); print $r < 0 ? $!+0 : 0, "\\n"' $n "$@" 0 0 0 0 0 0
            }
            """;

    private static final String EPERM = "1\n";
    private static final String ENOSYS = "38\n";

    private Poller poller;
    private Sandboxes sandboxes;
    private Console neighbour;
    private Sandbox sandbox;
    private Console console;

    @BeforeAll
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = new Sandboxes(TestLimits.DEFAULT, poller);
        neighbour = Console.open(sandboxes.start("lab"));
    }

    @BeforeEach
    void startTheAttackers() throws Exception {
        sandbox = sandboxes.start("lab");
        console = Console.open(sandbox);
    }

    @AfterEach
    void theNeighbourIsWellAndNothingIsLeft() {
        assertThat(neighbour.run("echo $((6 * 7)); mkdir /tmp/x && rmdir /tmp/x && sleep 0"))
                .isEqualTo("42\n");
        int init = sandbox.init();
        sandbox.end();
        assertThat(Path.of("/proc", Integer.toString(init))).doesNotExist();
    }

    @AfterAll
    void end() {
        sandboxes.close();
        poller.close();
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("bpf", "call 321 280 0 0 0", ENOSYS),
                Arguments.of("perf_event_open", "call 298 241 0 0 0 0 0", ENOSYS),
                Arguments.of("io_uring_setup", "call 425 425 1 0", ENOSYS),
                Arguments.of("userfaultfd", "call 323 282 0", ENOSYS),
                Arguments.of("keyctl", "call 250 219 0 -3 0", ENOSYS),
                Arguments.of("add_key", "call 248 217 0 0 0 0 0", ENOSYS),
                Arguments.of("kexec_load", "call 246 104 0 0 0 0", ENOSYS),
                Arguments.of("init_module", "call 175 105 0 0 0", ENOSYS),
                Arguments.of("finit_module", "call 313 273 0 0 0", ENOSYS),
                Arguments.of("open_by_handle_at", "call 304 265 0 0 0", ENOSYS),
                Arguments.of("reboot", "call 169 142 0xfee1dead 0 0 0", ENOSYS),
                Arguments.of("clock_settime", "call 227 112 0 0", ENOSYS),
                Arguments.of("swapon", "call 167 224 0 0", ENOSYS),
                Arguments.of("acct", "call 163 89 0", ENOSYS),
                Arguments.of("syslog", "call 103 116 3 0 0", ENOSYS),
                Arguments.of("quotactl", "call 179 60 0 0 0 0", ENOSYS),
                Arguments.of("kcmp with the init", "call 312 272 $$ 1 0 0 0", EPERM),
                Arguments.of("pidfd_getfd from the init", "exec {f}</proc/1; call 438 438 $f 3 0", "9\n"),
                Arguments.of("TIOCSTI", "call 16 29 0 0x5412 0", EPERM),
                Arguments.of("TIOCSTI with high bits set", "call 16 29 0 0x100005412 0", EPERM),
                Arguments.of("TIOCLINUX", "call 16 29 0 0x541c 0", EPERM),
                Arguments.of("a socket of netfilter", "call 41 198 16 3 12", EPERM),
                Arguments.of("a socket of audit", "call 41 198 16 3 9", EPERM),
                Arguments.of("a socket of vsock", "call 41 198 40 1 0", ENOSYS),
                Arguments.of("a socket of AF_ALG", "call 41 198 38 5 0", ENOSYS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void calls(String name, String attack, String errno) {
        assertThat(call(attack)).isEqualTo(errno);
    }

    private String call(String attack) {
        console.run(CALL);
        return console.run(attack);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("sysrq", "echo b > /proc/sysrq-trigger", "Permission denied|Read-only|No such file"),
                Arguments.of("core_pattern", "echo x > /proc/sys/kernel/core_pattern", "Permission denied|Read-only"),
                Arguments.of("panic", "echo 1 > /proc/sys/kernel/panic", "Permission denied|Read-only"),
                Arguments.of("drop_caches", "echo 3 > /proc/sys/vm/drop_caches", "Permission denied|Read-only"),
                Arguments.of("kcore", "head -c 1 /proc/kcore", "Permission denied|not permitted|No such file"),
                Arguments.of("kmsg", "head -c 1 /proc/kmsg", "Permission denied|not permitted|No such file"),
                Arguments.of("a device of memory", "mknod /tmp/mem c 1 1", "not permitted"),
                Arguments.of("a device of a disk", "mknod /tmp/disk b 8 0", "not permitted"),
                Arguments.of("the host's programs", "mount -o remount,bind,rw /usr", "permission denied|read-only"),
                Arguments.of(
                        "the host's programs in a mount namespace of one's own",
                        "unshare -m sh -c 'mount -o remount,bind,rw /usr; touch /usr/bin/evil'",
                        "(?s)(permission denied|read-only).*Read-only file system"),
                Arguments.of(
                        "the host's programs in a user namespace of one's own",
                        "unshare -Urm sh -c 'mount -o remount,bind,rw /usr; touch /usr/bin/evil'",
                        "(?s)(permission denied|read-only).*Read-only file system"),
                Arguments.of(
                        "the host's programs through another mount of them",
                        "mkdir /tmp/usr; mount --bind /usr /tmp/usr; mount -o remount,bind,rw /tmp/usr; touch /tmp/usr/evil",
                        "(?s)(permission denied|read-only).*Read-only file system"),
                Arguments.of(
                        "what lies below a mount",
                        "umount -l /usr/; /bin/ls -A /usr 2>&1; echo /usr/*",
                        "/usr/\\*|No such file|not found"),
                Arguments.of("the init's score", "echo -1000 > /proc/1/oom_score_adj", "denied|not permitted"),
                Arguments.of("its own score", "echo -1 > /proc/self/oom_score_adj", "denied|not permitted"),
                Arguments.of(
                        "the uid map",
                        "unshare -U bash -c 'echo 0 0 4294967295 > /proc/self/uid_map'",
                        "not permitted"),
                Arguments.of(
                        "release_agent",
                        "mkdir /tmp/cg; mount -t cgroup -o memory none /tmp/cg && echo /tmp/evil > /tmp/cg/release_agent",
                        "denied|not permitted|not supported|busy|wrong fs|unknown filesystem|not exist"),
                Arguments.of("a disk", "mount /dev/sda1 /mnt", "not exist|not a block device|denied|special device"),
                Arguments.of(
                        "a program of 32 bits",
                        "printf '\\x7fELF\\x01' > /tmp/a; chmod +x /tmp/a; /tmp/a",
                        "(?i)exec format|cannot execute"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void files(String name, String attack, String reason) {
        assertThat(console.run("{ " + attack + "; } 2>&1")).containsPattern(reason);
    }

    @Test
    void ownersOfTheHostsFilesAreNobodyHere() {
        assertThat(console.run("stat -c %u /usr/bin/mount; cat /proc/self/status | grep NoNewPrivs"))
                .contains("NoNewPrivs:\t1");
    }

    static Stream<Arguments> exhaustion() {
        return Stream.of(
                Arguments.of(
                        "processes",
                        "f() { for i in 1 2 3 4; do f & done; wait; }; f 2>&1 | grep -m1 -o 'Resource temporarily unavailable'",
                        "Resource temporarily unavailable"),
                Arguments.of(
                        "memory",
                        "perl -e '$x = \"x\" x (1 << 32); print length $x' 2>&1; echo over",
                        "(?s)(Killed|Out of memory|panic).*over"),
                Arguments.of("files in memory", "dd if=/dev/zero of=/tmp/full bs=1M count=100 2>&1", "No space left"),
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
                        "inotify",
                        "perl -e '$n = `uname -m` =~ /aarch64/ ? 26 : 294; for (1..5000) { last if syscall($n, 0) < 0 } print \"$!\\n\"'",
                        "Too many open files"),
                Arguments.of(
                        "network namespaces",
                        "for i in {1..20}; do touch /tmp/n$i; unshare --net=/tmp/n$i true 2>&1 || break; done",
                        "No space left"),
                Arguments.of(
                        "user namespaces, one in the other",
                        "u() { unshare -U bash -c \"$(declare -f u); u\"; }; u 2>&1 | head -1",
                        "No space left|not permitted|temporarily"),
                Arguments.of(
                        "files of the init",
                        "prlimit --pid 1 --nofile=1:1; prlimit --pid 1 --nproc=1:1; echo over",
                        "over"),
                Arguments.of(
                        "message queues",
                        "perl -e 'for (1..100000) { $n = msgget(0, 01777); last unless defined $n } print \"$!\\n\"'",
                        "No space left"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void exhaustion(String name, String attack, String reason) throws Exception {
        assertThat(console.run(attack)).containsPattern(reason);
        // Of its own sandbox it is master: a reset gives it back whole.
        sandbox.reset();
        try (Console after = Console.open(sandbox)) {
            assertThat(after.run("echo fresh")).isEqualTo("fresh\n");
        }
    }

    @Test
    void whoSpinsOnAllProcessorsDoesNotStopTheNeighbour() {
        console.type("for i in {1..20}; do while :; do :; done & done\n");
        for (int round = 0; round < 20; round++)
            assertThat(neighbour.run("echo " + round)).isEqualTo(round + "\n");
    }

    @Test
    void floodsOfOutputDoNotStopTheNeighbour() {
        console.type("yes & yes & yes &\n");
        for (int round = 0; round < 20; round++)
            assertThat(neighbour.run("echo " + round)).isEqualTo(round + "\n");
    }

    @Test
    void whatItRunsIsNotWhatTheServerRuns() throws Exception {
        console.run("mount -t tmpfs none /usr; mount -t tmpfs none /lib 2>/dev/null; true");
        assertThat(Files.exists(Path.of("/usr/bin/env"))).isTrue();
        sandbox.reset();
        try (Console after = Console.open(sandbox)) {
            assertThat(after.run("ls -d /usr/bin")).isEqualTo("/usr/bin\n");
        }
    }
}
