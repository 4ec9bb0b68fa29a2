package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a learner's root is refused. Each attack must fail for the right reason, and the neighbour must not notice it.
 */
@Tag("sandbox")
class AttackTests extends UnderAttack {
    private static final String DONE = "0\n";
    private static final String EPERM = "1\n";
    private static final String EINVAL = "22\n";
    private static final String ENOSYS = "38\n";
    private static final String EPROTONOSUPPORT = "93\n";
    private static final String EOPNOTSUPP = "95\n";
    private static final String EAFNOSUPPORT = "97\n";

    /** signal(7) */
    private static final int SIGSEGV = 11;

    private static final int SIGSYS = 31;

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("bpf", "call 321 280 0 0 0", ENOSYS),
                Arguments.of("perf_event_open", "call 298 241 0 0 0 0 0", ENOSYS),
                Arguments.of("io_uring_setup", "call 425 425 1 0", ENOSYS),
                Arguments.of("userfaultfd", "call 323 282 0", ENOSYS),
                Arguments.of("keyctl", "call 250 219 0 -3 0", ENOSYS),
                Arguments.of("add_key", "call 248 217 0 0 0 0 0", ENOSYS),
                Arguments.of("kexec_load", "call 246 104 0 0 0 0", ENOSYS),
                Arguments.of("init_module", "call 175 105 0 0 0", EPERM),
                Arguments.of("finit_module", "call 313 273 0 0 0", EPERM),
                Arguments.of("open_by_handle_at", "call 304 265 0 0 0", ENOSYS),
                Arguments.of("reboot", "call 169 142 0xfee1dead 0 0 0", EPERM),
                Arguments.of("clock_settime", "call 227 112 0 0", EPERM),
                Arguments.of("swapon", "call 167 224 0 0", EPERM),
                Arguments.of("acct", "call 163 89 0", ENOSYS),
                Arguments.of("syslog", "call 103 116 3 0 0", EPERM),
                Arguments.of("quotactl", "call 179 60 0 0 0 0", ENOSYS),
                Arguments.of("kcmp with the init", "call 312 272 $$ 1 0 0 0", EPERM),
                Arguments.of("pidfd_getfd from the init", "exec {f}</proc/1; call 438 438 $f 3 0", "9\n"),
                Arguments.of("TIOCSTI", "call 16 29 0 0x5412 0", EPERM),
                Arguments.of("TIOCSTI with high bits set", "call 16 29 0 0x100005412 0", EPERM),
                Arguments.of("TIOCLINUX", "call 16 29 0 0x541c 0", EPERM),
                Arguments.of("TIOCLINUX with high bits set", "call 16 29 0 0x10000541c 0", EPERM),
                Arguments.of("io_setup", "call 206 0 65536 0", ENOSYS),
                Arguments.of("fanotify_init", "call 300 262 0 0", ENOSYS),
                Arguments.of("sync", "call 162 81", DONE),
                Arguments.of("fsync of a file of the host's", "exec {f}</usr/bin/env; call 74 82 $f", DONE),
                Arguments.of("fsync, which is not done", "call 74 82 -1", DONE),
                Arguments.of("syncfs, which is not done", "call 306 267 -1", DONE),
                Arguments.of("a priority in real time", "call 144 119 0 1 0", EINVAL),
                Arguments.of("a priority above others", "call 141 140 0 0 -5", "13\n"),
                Arguments.of("input and output before others", "call 251 30 1 0 0x2000", EPERM),
                Arguments.of("a console's output", "call 16 29 0 0x541d 0", EPERM),
                Arguments.of("a line discipline", "call 16 29 0 0x5423 0", EPERM),
                Arguments.of("a line discipline with high bits set", "call 16 29 0 0x100005423 0", EPERM),
                Arguments.of("a socket of netfilter", "call 41 198 16 3 12", EPROTONOSUPPORT),
                Arguments.of("a socket of audit", "call 41 198 16 3 9", EPROTONOSUPPORT),
                Arguments.of("a socket of vsock", "call 41 198 40 1 0", EAFNOSUPPORT),
                Arguments.of("a socket of AF_ALG", "call 41 198 38 5 0", EAFNOSUPPORT),
                Arguments.of("a socket of MPTCP", "call 41 198 2 1 262", EPROTONOSUPPORT),
                Arguments.of("a socket of UDP-Lite", "call 41 198 2 2 136", EPROTONOSUPPORT),
                Arguments.of("a socket of SCTP", "call 41 198 10 1 132", EPROTONOSUPPORT),
                Arguments.of("a raw socket beyond all protocols", "call 41 198 2 3 256", EPROTONOSUPPORT),
                Arguments.of("a socket of the old kind for packets", "call 41 198 2 10 768", EPROTONOSUPPORT),
                Arguments.of("a pair of sockets of vsock", "call 53 199 40 1 0 0", EOPNOTSUPP),
                Arguments.of("a pair of sockets of netlink", "call 53 199 16 3 4 0", EOPNOTSUPP),
                Arguments.of("fsopen", "call 430 430 0 0", ENOSYS),
                Arguments.of("fsmount", "call 432 432 -1 0 0", ENOSYS),
                Arguments.of("fspick", "call 433 433 -1 0 0", ENOSYS),
                Arguments.of("open_tree", "call 428 428 -100 0 0", ENOSYS),
                Arguments.of("move_mount", "call 429 429 -1 0 -1 0 0", ENOSYS),
                Arguments.of("mount_setattr", "call 442 442 -1 0 0 0 0", ENOSYS),
                Arguments.of("clone3", "call 435 435 0 0", ENOSYS),
                Arguments.of("another processor", "call 203 122 0 0 0", EPERM),
                Arguments.of("a core of its own", "call 157 167 62 1 0 0 0", EINVAL),
                Arguments.of("the limits of the init", "call 302 261 1 7 4096 0", EPERM),
                Arguments.of("the priority of the init", "call 141 140 0 1 19", EPERM),
                Arguments.of("the priority of the init's group", "call 141 140 1 1 19", EPERM),
                Arguments.of("the priority of all of the init's user", "call 141 140 2 0 19", EPERM),
                Arguments.of("the scheduling of the init", "call 144 119 1 5 0", EPERM),
                Arguments.of("the scheduling of the init, by attributes", "call 314 274 1 0 0", EPERM),
                Arguments.of("the scheduling of the init, by parameters", "call 142 118 1 0", EPERM),
                Arguments.of("a lower priority for itself", "call 141 140 0 0 5", DONE),
                Arguments.of("the limits of the init, far up in memory", "call 302 261 1 7 0x100000000 0", EPERM));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void calls(String name, String attack, String errno) {
        assertThat(call(attack)).isEqualTo(errno);
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
                        "denied|not permitted|not supported|busy|wrong fs|unknown filesystem|not exist|Unknown subsys"),
                Arguments.of("a disk", "mount /dev/sda1 /mnt", "not exist|not a block device|denied|special device"),
                Arguments.of(
                        "devices on a file system of its own",
                        "mount -t tmpfs -o dev none /mnt && mknod /mnt/mem c 1 1; mknod /mnt/disk b 8 0",
                        "(?s)mem.*not permitted.*disk.*not permitted"),
                Arguments.of(
                        "its own limits, by the cgroup's files",
                        "mkdir /tmp/cg; mount -t cgroup2 none /tmp/cg && echo max > /tmp/cg/pids.max; for h in pids memory; do mkdir /tmp/$h; mount -t cgroup -o $h none /tmp/$h && echo -1 > /tmp/$h/pids.max; done",
                        "denied|not permitted"),
                Arguments.of(
                        "a program that makes itself root",
                        "mount -t tmpfs none /mnt; cp /bin/bash /mnt/b; chown 0:0 /mnt/b; chmod 4755 /mnt/b; chmod 755 /mnt; setpriv --reuid=1 --regid=1 --clear-groups /mnt/b -p -c 'echo is $EUID'",
                        "is 1\n|setres[ug]id failed|set[rg]+oups"),
                Arguments.of("rings of packets", "perl /tmp/ring", "^(Protocol not available\n){2}$"),
                Arguments.of("tables of netfilter", "perl /tmp/netfilter", "^(Protocol not available\n){12}$"),
                Arguments.of("programs of sockets", "perl /tmp/programs", "^(Protocol not available\n){6}$"),
                Arguments.of("policies of IPsec", "perl /tmp/ipsec", "^(Protocol not available\n){2}$"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void files(String name, String attack, String reason) {
        bring(console, "ring", "netfilter", "programs", "ipsec");
        assertThat(console.run("{ " + attack + "; } 2>&1")).containsPattern(reason);
    }

    /**
     * Both kinds of calls of another architecture kill the process that makes them: exit(42) by interrupt, and getuid()
     * of x32. A kernel that is built without the first kind kills the process itself.
     */
    @ParameterizedTest
    @ValueSource(strings = {"int80", "x32"})
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    void callsOfAnotherArchitectureAreDeadly(String kind) {
        bring(console, "elf");
        assertThat(console.run("perl /tmp/elf " + kind + " > /tmp/a; chmod +x /tmp/a; /tmp/a 2>/dev/null; echo $?"))
                .matches("(?s).*(%d|%d)\n".formatted(128 + SIGSYS, 128 + SIGSEGV));
    }

    @Test
    void noProgramGainsPrivileges() {
        assertThat(console.run("grep NoNewPrivs /proc/self/status")).isEqualTo("NoNewPrivs:\t1\n");
    }

    @Test
    void aShellHasNoFileButItsTerminal() {
        assertThat(console.run("for f in /proc/$$/fd/*; do readlink $f; done | sort -u"))
                .isEqualTo("/dev/pts/0\n");
    }

    /** Nobody else is affected: it may not signal or trace the init, and it is the parent of all the rest. */
    @Test
    void whateverItSignalsAndTracesIsItsOwn() throws Exception {
        int init = sandbox.init();
        call("for p in $(ls /proc | grep '^[0-9]'); do [ $p = $$ ] || { call 101 117 16902 $p; kill -9 $p; }; done");
        console.run("kill -9 -1");
        assertThat(sandbox.init()).isEqualTo(init);
        try (Console after = Console.open(sandbox)) {
            assertThat(after.run("echo here")).isEqualTo("here\n");
        }
    }

    /** An init that waits for all others would notice nothing any more, and take minutes to end. */
    @Test
    void theInitIsNotMadeToWait() throws Exception {
        String before = schedule();
        assertThat(console.run(
                        "{ renice 19 1; renice 19 -g 1; renice 19 -u root; chrt -i -p 0 1; chrt -b -p 0 1; } 2>&1"))
                .containsPattern("(?s)(.*not permitted){5}");
        assertThat(schedule()).isEqualTo(before);
    }

    /** What the kernel says about the init: its nice value and scheduling policy (proc_pid_stat(5)). */
    private String schedule() throws Exception {
        String stat = Files.readString(Path.of("/proc", Integer.toString(sandbox.init()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return "nice " + fields[16] + ", policy " + fields[38];
    }

    /** The init still answers the watchdog. */
    @Test
    void aShellThatIsStoppedBeforeItsProgramHoldsUpNobody() throws Exception {
        bring(console, "stopper");
        console.type("perl /tmp/stopper 8 &\n");
        console.run("until [ -e /tmp/said ]; do :; done");
        CompletableFuture<Boolean> opened = CompletableFuture.supplyAsync(this::opens);
        int asked = 0;
        for (; !opened.isDone(); asked++) {
            long start = System.nanoTime();
            sandbox.traffic();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(opened.get()).as("one was stopped").isFalse();
        assertThat(asked).isGreaterThan(2);
    }

    /** Opens shells. Returns false as soon as one cannot be opened. */
    private boolean opens() {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (Console other = new Console(sandbox.open(new ShellRequest(List.of("true"), 80, 24, Map.of())))) {
                assertThat(other.shell()).isNotNull();
            } catch (SandboxException e) {
                return false;
            }
        }
        return true;
    }

    static Stream<Arguments> waysOut() {
        return Stream.of(
                Arguments.of("by a directory outside of a chroot", "perl /tmp/chroot %s"),
                Arguments.of(
                        "by a directory outside of a chroot, in namespaces of its own",
                        "unshare -Urmp -f perl /tmp/chroot %s"),
                Arguments.of(
                        "by moving a mount",
                        "mount --move /usr /mnt; mount --move /etc/alternatives /srv; /mnt/bin/find / -xdev -path %s | grep . && echo out"),
                Arguments.of("by unmounting the root", "umount -l /; ls %s && echo out"),
                Arguments.of(
                        "by a root of its own",
                        "mount -t tmpfs none /mnt; mkdir /mnt/old; cd /mnt; pivot_root . old; umount -l /old; ls %1$s /old%1$s && echo out"),
                Arguments.of(
                        "by the root of the init's",
                        "ls /proc/1/root%1$s /proc/1/cwd%1$s && echo out; nsenter -t 1 -r -w ls %1$s && echo out"),
                Arguments.of(
                        "by an image of the host's root",
                        "mkdir /tmp/{l,u,w}; mount -t overlay -o lowerdir=/:/usr,upperdir=/tmp/u,workdir=/tmp/w none /tmp/l; ls /tmp/l%s && echo out"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void waysOut(String name, String attack, @TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "of the server");
        bring(console, "chroot");
        assertThat(console.run("{ " + attack.formatted(secret) + "; } 2>/dev/null"))
                .doesNotContain("out\n");
    }
}
