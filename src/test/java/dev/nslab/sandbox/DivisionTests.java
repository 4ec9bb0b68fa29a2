package dev.nslab.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nslab.sandbox.cgroup.CgroupTests;
import dev.nslab.watchdog.Suspicion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sandbox's own cgroups. If the server can make cgroups of version 2, the sandbox's root divides its share as it
 * likes, but cannot enlarge it.
 */
@Tag("sandbox")
class DivisionTests extends UnderAttack {
    /** The cgroup that the server has made, with the limits. */
    private Path own = Path.of("/");

    @BeforeEach
    void findItsCgroup() throws IOException {
        assumeTrue(sandboxes.haveDivisibleCgroups(), "CgroupTests say where there are some");
        assertThat(CgroupTests.ofVersion2(sandbox).toString()).endsWith("/init");
        own = requireNonNull(CgroupTests.ofVersion2(sandbox).getParent());
    }

    @Test
    void isTheRootOfWhatTheLearnerSees() {
        assertThat(console.run(
                        "findmnt -rno FSTYPE /sys/fs/cgroup; grep ^0:: /proc/self/cgroup; ls -d /sys/fs/cgroup/*/"))
                .isEqualTo("cgroup2\n0::/terminals\n/sys/fs/cgroup/terminals/\n");
        assertThat(console.run(
                        "stat -c %U /sys/fs/cgroup{,/cgroup.procs,/terminals,/terminals/cgroup.procs} | sort -u"))
                .isEqualTo("root\n");
        assertThat(console.run("cat /sys/fs/cgroup/cgroup.subtree_control; cat /sys/fs/cgroup/cgroup.procs"))
                .isEqualTo("cpu memory pids\n");
    }

    /** Forks as often as it can, but not more often than a test needs. The children end with it. */
    private static final String FORK =
            "perl -e \"while (@p < 400) { defined(\\$p = fork) or last; \\$p ? push @p, \\$p : do { sleep 1000; exit } }"
                    + " print scalar(@p), qq(: \\$!\\n); kill 9, @p\"";

    private static final String DEMO = "mkdir /sys/fs/cgroup/demo; cd /sys/fs/cgroup/demo; ";

    @Test
    void aLimitOfProcessesHolds() {
        console.run(DEMO + "echo 5 > pids.max");
        assertThat(console.run("bash -c 'echo $$ > cgroup.procs; exec " + FORK + "'"))
                .isEqualTo("4: Resource temporarily unavailable\n");
        assertThat(console.run("cat pids.peak")).isEqualTo("5\n");
    }

    @Test
    void aLimitOfMemoryHolds() {
        console.run(DEMO + "echo 20M > memory.max");
        assertThat(
                        console.run(
                                "bash -c 'echo $$ > cgroup.procs; head -c 100M /dev/zero | tail -c 90M | wc -c'; grep -c 'oom_kill [1-9]' memory.events"))
                .endsWith("1\n");
    }

    @Test
    void aLimitOfTimeHolds() {
        console.run(DEMO + "echo '10000 100000' > cpu.max");
        assertThat(
                        console.run(
                                "bash -c 'echo $$ > cgroup.procs; timeout 1 sh -c \"while :; do :; done\"'; grep -c 'nr_throttled [1-9]' cpu.stat"))
                .isEqualTo("1\n");
    }

    @Test
    void processesAreFrozenAndKilledTogether() {
        console.run(DEMO + "sleep 1000 & echo $! > cgroup.procs; echo 1 > cgroup.freeze");
        console.run("until grep -q 'frozen 1' cgroup.events; do sleep 0.01; done");
        console.run("echo 1 > cgroup.kill; wait; cd /; rmdir /sys/fs/cgroup/demo");
        assertThat(console.run("ls -d /sys/fs/cgroup/demo 2>&1")).contains("No such file");
    }

    @Test
    void aCgroupNamespaceBeginsWhereItIsMade() {
        console.run(DEMO + "cd /");
        assertThat(
                        console.run(
                                "bash -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; unshare -C -m sh -c \"cat /proc/self/cgroup | grep ^0; umount /sys/fs/cgroup;"
                                        + " mount -t cgroup2 none /sys/fs/cgroup && mkdir /sys/fs/cgroup/inner\"'; ls -d /sys/fs/cgroup/demo/inner"))
                .isEqualTo("0::/\n/sys/fs/cgroup/demo/inner\n");
    }

    /**
     * The init can't be moved because of who owns the files, or if learner and server are the same user, because of
     * nsdelegate.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "echo $$ > /sys/fs/cgroup/cgroup.procs | Device or resource busy",
                "echo 1 > /sys/fs/cgroup/demo/cgroup.procs | write error: [PN]",
                "echo 1 > /sys/fs/cgroup/cgroup.procs | write error: [PN]",
                "ls /sys/fs/cgroup/../../.././init/cgroup.procs | No such file or directory",
                "mkdir /tmp/c; mount -t cgroup2 none /tmp/c; ls -d /tmp/c/../init /tmp/c/../lab | No such file or directory",
                "mkdir -p /sys/fs/cgroup/1/2/3/4/5/6/7/8/9/10 | Resource temporarily unavailable",
                "mkdir /sys/fs/cgroup/{1..120} | Resource temporarily unavailable",
                "echo +io > /sys/fs/cgroup/cgroup.subtree_control | No such file or directory",
                "echo +cpuset > /sys/fs/cgroup/cgroup.subtree_control | No such file or directory"
            })
    void refused(String attack, String reason) {
        console.run("mkdir /sys/fs/cgroup/demo");
        assertThat(console.run("{ " + attack + "; } 2>&1")).containsPattern(reason);
    }

    private static final String RAISE =
            "for f in pids memory; do echo max > /sys/fs/cgroup/$f.max; done; echo max > /sys/fs/cgroup/cpu.max;"
                    + " for f in descendants depth; do echo max > /sys/fs/cgroup/cgroup.max.$f; done";

    /** Whatever learners write to the files that they see, the limits of the whole sandbox do not change. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                RAISE,
                "unshare -C sh -c '" + RAISE + "'",
                "mkdir /sys/fs/cgroup/demo; sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; exec unshare -UrC sh -c \""
                        + RAISE + "\"'",
                "mkdir /tmp/c; mount -t cgroup2 none /tmp/c; for f in /tmp/c/*.max /tmp/c/*/*.max; do echo max > $f; done",
                "unshare -UrmC sh -c 'mount -t cgroup2 none /mnt; for f in /mnt/*.max /mnt/*/*.max; do echo max > $f; done'",
                "mkdir /tmp/c; for h in pids memory cpu; do mount -t cgroup -o $h none /tmp/c && echo max > /tmp/c/$h.max; umount /tmp/c; done",
                "echo threaded > /sys/fs/cgroup/terminals/cgroup.type; echo '-cpu -memory -pids' > /sys/fs/cgroup/cgroup.subtree_control; echo $$ > /sys/fs/cgroup/cgroup.procs; "
                        + RAISE
            })
    void theLimitsStay(String attack) throws IOException {
        List<String> files = List.of(
                "pids.max",
                "memory.max",
                "cpu.max",
                "cgroup.max.descendants",
                "cgroup.max.depth",
                "cgroup.subtree_control");
        Map<String, String> before = contents(files);
        console.run("{ " + attack + "; } 2>&1");
        assertThat(contents(files))
                .isEqualTo(before)
                .containsEntry("pids.max", "260\n")
                .containsEntry("memory.max", "536870912\n");
        try (var cgroups = Files.walk(own)) {
            assertThat(cgroups.filter(Files::isDirectory)).hasSizeLessThanOrEqualTo(101);
        }
        assertThat(console.run(FORK)).matches("(1..|2[0-5].): Resource temporarily unavailable\n");
    }

    private Map<String, String> contents(List<String> files) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String file : files) {
            contents.put(file, Files.readString(own.resolve(file)));
        }
        return contents;
    }

    /**
     * Its cgroups have files that do the same as those of /proc/pressure, and that can be mounted elsewhere by
     * themselves.
     */
    @Test
    void theWatchdogSeesTriggersOnTheirPressure() throws Exception {
        console.run(
                "touch /tmp/f; mount --bind /sys/fs/cgroup/terminals/cgroup.procs /tmp/f; for i in {1..70}; do exec {f}>>/tmp/f; done");
        assertThat(sandbox.traffic().triggers()).isGreaterThanOrEqualTo(Suspicion.TRIGGERS);
    }

    /** With these, learners harm only themselves, and a reset undoes it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 1 > /sys/fs/cgroup/cgroup.kill",
                "echo 1 > /sys/fs/cgroup/terminals/cgroup.kill",
                "echo 1 > /sys/fs/cgroup/cgroup.freeze",
                "echo 1 > /sys/fs/cgroup/terminals/cgroup.freeze",
                "echo 0 > /sys/fs/cgroup/pids.max",
                "echo 0 > /sys/fs/cgroup/terminals/memory.max",
                "echo '1000 1000000' > /sys/fs/cgroup/cpu.max",
                "mkdir -p /sys/fs/cgroup/{a,b,c}/{a,b,c}/{a,b,c}; for d in /sys/fs/cgroup/*/*/*; do (sleep 1000 & echo $! > $d/cgroup.procs; echo 1 > $d/cgroup.freeze); done",
                "mkdir /sys/fs/cgroup/.hidden /sys/fs/cgroup/.hidden/..more",
                "mkdir /sys/fs/cgroup/x; for p in $(cat /sys/fs/cgroup/terminals/cgroup.procs); do echo $p > /sys/fs/cgroup/x/cgroup.procs; done; rmdir /sys/fs/cgroup/terminals"
            })
    void theInitGoesOnAndAllEnds(String attack) throws Exception {
        console.type(attack + "\n");
        int init = sandbox.init();
        assertThat(sandbox.traffic()).isNotNull();
        assertThat(Files.readString(own.resolve("init/cgroup.events"))).contains("frozen 0");
        long start = System.nanoTime();
        aResetGivesItBack();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(Path.of("/proc", Integer.toString(init))).doesNotExist();
        await().until(() -> !Files.exists(own));
    }
}
