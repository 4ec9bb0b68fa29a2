package dev.nslab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.nslab.browser.Chromium.Drawing;
import dev.nslab.browser.Compose.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The image, built and started as people do. Run by {@code ./lab test --docker}. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ImageTest implements Article {
    /** The range in the image's /etc/subuid. */
    private static final long FIRST_ID = 1_500_000_000;

    private static final String NONE = "0000000000000000";
    private static final String SETUID_AND_SETGID = "00000000000000c0";
    private static final String NOTHING_TO_DIVIDE =
            "weak  /sys/fs/cgroup of a sandbox, in which learners can limit their own processes";
    private static final String NO_CGROUPS = "weak  A cgroup for each sandbox, which limits processes, memory and CPU";
    private static final String NO_IDS = "weak  User ids of its own for each sandbox";

    private final boolean hasIdsForEach;
    private final Compose compose;
    private final Chromium chromium = new Chromium(Drawing.DOM);
    private BrowserContext context;
    private LabPage lab;

    /** @param hasIdsForEach whether each sandbox has user ids of its own, or all have the server's */
    ImageTest(boolean hasIdsForEach, String... files) throws Exception {
        this.hasIdsForEach = hasIdsForEach;
        compose = Compose.up(files);
    }

    @AfterAll
    void stop() throws Exception {
        chromium.close();
        compose.down();
    }

    @BeforeEach
    void open() {
        context = chromium.newContext();
        lab = new LabPage(context.newPage(), compose.url());
    }

    @AfterEach
    void end() {
        lab.endSandbox();
        context.close();
    }

    @Override
    public LabPage lab() {
        return lab;
    }

    @Test
    void theServerHasNoPrivilege() throws Exception {
        assertThat(compose.exec("cat", "/proc/1/status").output())
                .containsPattern("Uid:\\s1000\\s1000\\s1000\\s1000")
                .contains(
                        "CapPrm:\t0000000000000000",
                        "CapEff:\t0000000000000000",
                        "CapBnd:\t" + (hasIdsForEach ? SETUID_AND_SETGID : NONE));
        assertThat(compose.exec("sh", "-c", "echo x > /proc/sys/kernel/core_pattern"))
                .returns(false, Outcome::isSuccess)
                .satisfies(outcome -> assertThat(outcome.output()).contains("Permission denied"));
        assertThat(compose.exec("find", "/usr", "-perm", "/6000", "-type", "f").output())
                .isEmpty();
    }

    @Test
    void theImageCannotBeWritten() throws Exception {
        assertThat(compose.exec("touch", "/opt/nslab/evil", "/home/nslab/evil").output())
                .contains("/opt/nslab/evil': Read-only file system", "/home/nslab/evil': Read-only file system");
    }

    @Test
    void allThatItContainsIsNamedWithItsLicence() throws Exception {
        String document = compose.exec("cat", "THIRD-PARTY.md").output();

        assertThat(document).contains("| org.springframework.boot:spring-boot |", "### lit ", "| busybox-static |");
        assertThat(document).containsPattern("OpenJDK 25[.\\d]*, GPL");
        assertThat(compose.exec("find", "/opt/java/legal/java.base").output()).contains("LICENSE");
        String missing =
                "grep -o '/usr/share/doc/[^`]*' THIRD-PARTY.md | while read -r file; do ls $file >/dev/null; done";
        assertThat(compose.exec("bash", "-c", missing).output()).isEmpty();
    }

    @Test
    void theDoctorFindsOnlyWhatTheEngineLacks() throws Exception {
        List<String> notGood = compose.exec("./lab", "doctor")
                .output()
                .lines()
                .filter(line -> line.matches("(weak|bad) .*"))
                .map(line -> line.replaceFirst("(nslab\\.limits\\.\\S+).*", "$1"))
                .toList();
        List<String> lacking = new ArrayList<>(List.of(NO_CGROUPS));
        for (String limit :
                List.of("memory", "cpus", "file-system", "files", "all-memory", "all-processes", "all-cpus")) {
            lacking.add("weak  nslab.limits." + limit);
        }
        if (!hasIdsForEach) {
            lacking.addFirst(NO_IDS);
        }
        lacking.addFirst(NOTHING_TO_DIVIDE);
        assertThat(notGood).isEqualTo(lacking);
    }

    /** Plays the lessons with the image's programs, of which none may be missing. */
    @Test
    void everyLessonCanBePlayed() throws Exception {
        List<String> expected = new ArrayList<>(lessonsOfThisCheckout());
        expected.add(expected.size() + " passed, 0 failed");
        Outcome check = compose.exec("./lab", "lessons", "check");
        // The output without what was tried in each lesson, and how much of it.
        assertThat(check.output()
                        .lines()
                        .filter(line -> !line.startsWith("  ") && !line.matches("\\d+ wrong moves refused, .*")))
                .as(check.output())
                .containsExactlyElementsOf(expected);
        assertThat(check.isSuccess()).isTrue();
    }

    private static List<String> lessonsOfThisCheckout() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/lessons"))) {
            return files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void learnersAreApartFromEachOtherAndFromTheServer() throws Exception {
        try (BrowserContext neighbour = chromium.newContext()) {
            LabPage other = new LabPage(neighbour.newPage(), compose.url());
            List<Long> users = compose.usersOf("bash -l");
            if (!hasIdsForEach) {
                assertThat(users).containsExactly(1000L, 1000L);
            } else {
                assertThat(users)
                        .hasSize(2)
                        .doesNotHaveDuplicates()
                        .allMatch(user -> user >= FIRST_ID && (user - FIRST_ID) % 65536 == 0);
            }
            other.endSandbox();
        }
    }

    @Test
    void nobodyReachesItFromOutside() {
        assertThat(compose.url()).startsWith("http://127.0.0.1:");
    }
}
