package dev.nslab.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nslab.limits.CgroupLimits;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestHelper;
import dev.nslab.sandbox.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real sandboxes in real cgroups, if this user may make some. What the kernel enforces is read from its own files. */
@Tag("sandbox")
public class CgroupTests {
    private static final boolean VERSION_2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

    private final Poller poller = new Poller("test");
    private final Sandboxes sandboxes = new Sandboxes(TestLimits.withSandboxes(4), poller, TestHelper.program());

    CgroupTests() throws Exception {}

    @AfterEach
    void end() {
        sandboxes.close();
        poller.close();
    }

    /**
     * The cgroups with a sandbox's limits: those that the kernel names for the init, or those above. A line is
     * HIERARCHY:CONTROLLERS:PATH; cgroups are looked for at the usual mount points.
     */
    private static List<Path> cgroups(Sandbox sandbox) {
        return read(Path.of("/proc", Integer.toString(sandbox.init()), "cgroup"))
                .lines()
                .filter(line -> line.contains("/nslab-"))
                .map(line -> line.split(":", 3))
                .flatMap(fields ->
                        Stream.of(fields[1], "unified", ".").map(name -> Path.of("/sys/fs/cgroup", name + fields[2])))
                .filter(Files::exists)
                .map(cgroup -> cgroup.endsWith("init") || cgroup.endsWith("lab") ? cgroup.getParent() : cgroup)
                .toList();
    }

    /** The init's cgroup of version 2. */
    public static Path ofVersion2(Sandbox sandbox) {
        Path top = VERSION_2 ? Path.of("/sys/fs/cgroup") : Path.of("/sys/fs/cgroup/unified");
        return read(Path.of("/proc", Integer.toString(sandbox.init()), "cgroup"))
                .lines()
                .filter(line -> line.startsWith("0::"))
                .map(line -> Path.of(top + line.substring("0::".length())))
                .findFirst()
                .orElseThrow();
    }

    private static String limit(Sandbox sandbox, String... files) {
        return cgroups(sandbox).stream()
                .flatMap(directory -> Stream.of(files).map(directory::resolve))
                .filter(Files::exists)
                .map(CgroupTests::read)
                .findFirst()
                .orElse("none");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void limitsProcessesMemoryAndTime() throws Exception {
        Sandbox sandbox = sandboxes.start("lab");
        assertThat(sandboxes.unlimited().isEmpty()).isEqualTo(TestCgroups.CAN_BE_MADE);
        assertThat(limit(sandbox, "pids.max")).isEqualTo(TestCgroups.CAN_BE_MADE ? "260" : "none");
        assertThat(limit(sandbox, "memory.max", "memory.limit_in_bytes"))
                .isEqualTo(TestCgroups.CAN_BE_MADE ? "536870912" : "none");
        assertThat(limit(sandbox, "cpu.max", "cpu.cfs_quota_us"))
                .startsWith(TestCgroups.CAN_BE_MADE ? "100000" : "none");
    }

    @Test
    void aSandboxHasSomeOfItsOwnOrNothingToWriteTo() throws Exception {
        assertThat(sandboxes.haveDivisibleCgroups())
                .isEqualTo(VERSION_2 && sandboxes.unlimited().isEmpty());
        try (Console console = Console.open(sandboxes.start("lab"))) {
            assertThat(console.run("findmnt -rno FSTYPE /sys/fs/cgroup; mkdir /sys/fs/cgroup/demo && echo made"))
                    .contains(sandboxes.haveDivisibleCgroups() ? "cgroup2\nmade" : "Read-only file system");
        }
    }

    @Test
    void aSandboxSeesNothingOfItsPlaceAmongTheCgroups() throws Exception {
        Sandbox sandbox = sandboxes.start("lab");
        try (Console console = Console.open(sandbox)) {
            assertThat(console.run("cat /proc/self/cgroup")).doesNotContain("nslab", "..", "/lab");
        }
    }

    /** Makes cgroups as a learner can who owns these directories. */
    private static void makeSome(List<Path> cgroups) throws IOException {
        for (Path cgroup : cgroups) {
            Files.createDirectories(cgroup.resolve("a/b"));
        }
    }

    @Test
    void nothingIsLeftOfThem() throws Exception {
        Sandbox sandbox = sandboxes.start("lab");
        List<Path> before = cgroups(sandbox);
        makeSome(before);
        sandbox.reset();
        List<Path> after = cgroups(sandbox);
        makeSome(after);
        assertThat(after).hasSameSizeAs(before).noneMatch(before::contains);
        List<Path> parents = after.stream().map(Path::getParent).toList();
        sandboxes.close();
        await().untilAsserted(() -> assertThat(Stream.of(before, after, parents).flatMap(List::stream))
                .noneMatch(Files::exists));
    }

    @Test
    void withoutIdsForEachOnlyThoseOfVersion2Count() {
        CgroupLimits all = sandboxes.together();
        sandboxes.close();
        try (Cgroups cgroups = Cgroups.of(TestLimits.DEFAULT, all, Path.of("/proc/self"), TestCgroups.IS_ROOT, false)) {
            assertThat(cgroups.directories()).allMatch(cgroup -> Files.exists(cgroup.resolve("cgroup.controllers")));
        }
    }

    /** The next begins where the first one did, which a delegated server leaves for a cgroup below. */
    @Test
    void thoseOfAServerThatWasKilledGoWithTheNext() throws Exception {
        int beyondAllPids = 4_194_305;
        List<Path> left = cgroups(sandboxes.start("lab")).stream()
                .map(cgroup ->
                        cgroup.resolve("../../nslab-" + beyondAllPids + "-1").normalize())
                .toList();
        assertThat(left.isEmpty()).isEqualTo(!TestCgroups.CAN_BE_MADE);
        sandboxes.close();
        for (Path parent : left) {
            Files.createDirectories(parent.resolve("1/a"));
        }
        new Sandboxes(TestLimits.withSandboxes(1), poller, TestHelper.program()).close();
        assertThat(left).noneMatch(Files::exists);
    }
}
