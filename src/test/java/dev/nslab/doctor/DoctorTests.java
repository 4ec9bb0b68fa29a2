package dev.nslab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.TestLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What the doctor says about this machine, compared with what the machine's own programs say. */
@Tag("sandbox")
class DoctorTests {

    /** The smallest of all limits on processes here, including those of cgroups of version 1 and 2. */
    private static final String FEWEST_PROCESSES = """
            { ulimit -u; sysctl -n kernel.pid_max kernel.threads-max
              for own in $(sed -n 's/^0:://p; s/^[0-9]*:pids://p' /proc/self/cgroup); do
                for file in /sys/fs/cgroup{,/pids}$own/pids.max; do
                  while [[ $file == /sys/fs/cgroup/* ]]; do
                    cat $file
                    directory=${file%/pids.max}
                    file=${directory%/*}/pids.max
                  done
                done
              done 2>/dev/null
            } | grep -v m | sort -n | head -1""";

    private final Limits limits = TestLimits.DEFAULT;
    private final StandardEnvironment settings = new StandardEnvironment();
    private final Poller poller = new Poller("test");
    private final Sandboxes sandboxes = new Sandboxes(limits, poller);
    private final Diagnosis diagnosis;
    private final List<Finding> findings;

    DoctorTests() throws Exception {
        diagnosis = new Doctor(sandboxes, limits, settings).examine();
        findings = diagnosis.findings();
    }

    @AfterEach
    void end() {
        sandboxes.close();
        poller.close();
    }

    private Finding finding(String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static String output(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** In a container other words are right, because other things help. */
    private static String orContained(String outcome) throws Exception {
        return output("ls /.dockerenv /run/.containerenv").isEmpty() ? outcome : "contained";
    }

    @Test
    void findsThatSandboxesWorkHere() {
        assertThat(List.of("namespaces", "nested", "seccomp"))
                .allSatisfy(check -> assertThat(finding(check).status()).isEqualTo(Finding.Status.GOOD));
        assertThat(finding("namespaces").facts()).containsExactly("cgroup, ipc, mnt, net, pid, time, user, uts");
        assertThat(finding("seccomp").facts()).containsExactly("unshare");
    }

    @Test
    void namesWhatTheMachineHas() throws Exception {
        assertThat(finding("kernel").facts()).containsExactly(output("uname -r"));
        assertThat(finding("ptys").facts()).startsWith(output("sysctl -n kernel.pty.max"));
        assertThat(finding("files").facts()).startsWith(output("ulimit -Hn"));
        assertThat(finding("processes").facts()).startsWith(output(FEWEST_PROCESSES));
        String ranges = output("id -u | grep -qx 0 && echo root || grep \"^$(id -un):\" /etc/subuid");
        assertThat(finding("ids").outcome()).isEqualTo(ranges.isEmpty() ? orContained("shared") : "own");
    }

    @Test
    void saysThatProcessesAreFew() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(output("ulimit -u 1000; exec %s --enable-native-access=ALL-UNNAMED -cp '%s' %s"
                        .formatted(java, System.getProperty("java.class.path"), DoctorCommand.class.getName())))
                .containsPattern("1000 at most. \\d{4} are needed")
                .contains("ulimit -u ");
    }

    @Test
    void saysWhatNoCgroupLimits() throws Exception {
        boolean isRoot = output("id -u").equals("0");
        assertThat(finding("cgroups").outcome()).isEqualTo(isRoot ? "limit" : orContained("miss"));
        assertThat(finding("cgroups").facts())
                .allMatch(fact -> isRoot ? fact.startsWith("/sys/fs/cgroup/") : fact.contains("memory"));
    }

    @Test
    void tellsOfEachLimitWhatHoldsIt() throws Exception {
        assertThat(diagnosis.limits())
                .hasSameSizeAs(Limits.class.getRecordComponents())
                .contains(new Limit("open-files", "1024", Finding.Status.GOOD, "rlimit"));
        assertThat(diagnosis.limits())
                .filteredOn(limit -> limit.holder().equals("server"))
                .extracting(Limit::setting)
                .containsExactly(
                        "sandboxes",
                        "terminals",
                        "sandboxes-per-learner",
                        "new-sandboxes-per-minute",
                        "new-sandboxes-per-minute-per-learner",
                        "sockets-per-learner",
                        "changes-per-minute-per-learner",
                        "idle",
                        "lifetime",
                        "warning");
        boolean isRoot = output("id -u").equals("0");
        assertThat(diagnosis.limits())
                .filteredOn(limit -> limit.status() != Finding.Status.GOOD)
                .extracting(Limit::setting, Limit::holder)
                .containsExactlyElementsOf(
                        isRoot
                                ? List.of()
                                : List.of(
                                        tuple("memory", "process"),
                                        tuple("cpus", "nobody"),
                                        tuple("file-system", "advisory"),
                                        tuple("files", "advisory"),
                                        tuple("all-memory", "nobody-of-all"),
                                        tuple("all-processes", "nobody-of-all"),
                                        tuple("all-cpus", "nobody-of-all")));
    }

    @Test
    void tellsOfEachLimitWhatItIsSetTo() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(output(
                        "NSLAB_LIMITS_OPENFILES=512 NSLAB_LIMITS_ALLMEMORY=100MB exec %s --enable-native-access=ALL-UNNAMED -cp '%s' %s"
                                .formatted(java, System.getProperty("java.class.path"), DoctorCommand.class.getName())))
                .containsPattern("nslab\\.limits\\.open-files +512 ")
                .containsPattern("nslab\\.limits\\.all-memory +100MB ")
                .containsPattern("nslab\\.limits\\.idle +30m ");
    }

    @Test
    void saysWhetherLearnersCanHavePressureWatched() throws Exception {
        boolean isOpen =
                !output("find /proc/pressure -type f -perm -002 2>/dev/null").isEmpty();
        assertThat(finding("pressure").outcome()).isEqualTo(isOpen ? orContained("open") : "closed");
    }

    /** Whether the kernel allows a mount of sysfs in new namespaces. */
    @Test
    void saysWhetherASandboxHasASysfs() throws Exception {
        boolean isWhole = output("unshare -Urnm mount -t sysfs -o ro none /mnt && echo whole")
                .equals("whole");
        assertThat(finding("sysfs").outcome()).isEqualTo(isWhole ? "own" : orContained("masked"));
    }

    @Test
    void saysWhetherASandboxHasCgroupsToDivide() throws Exception {
        boolean hasVersion2 = !output("ls /sys/fs/cgroup/cgroup.controllers").isEmpty();
        boolean areMade = hasVersion2 && finding("cgroups").outcome().equals("limit");
        assertThat(finding("division").outcome())
                .isEqualTo(areMade ? "own" : orContained(hasVersion2 ? "miss" : "old"));
    }

    @Test
    void saysWhetherThereIsASmallRoot() throws Exception {
        boolean hasBusybox = output("ldd $(command -v busybox) 2>&1").contains("not a dynamic");
        assertThat(finding("rootfs").outcome()).isEqualTo(hasBusybox ? "whole" : "missing");
    }

    /** The server's folder for temporary files is on as many overlays as the kernel can stack. */
    @Test
    void saysThatTheSmallRootIsWithoutPrograms() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String diagnosed =
                output("""
                ids=$([ $(id -u) = 0 ] || echo -c --keep-caps)
                exec unshare $ids -m bash -c '
                  mount --bind /dev/null /etc/subuid; mount -t tmpfs none /mnt; cd /mnt; mkdir lower {upper,work,all}{1,2}
                  mount -t overlay -o lowerdir=lower,upperdir=upper1,workdir=work1 none all1
                  mkdir more; mount -t tmpfs none more; mkdir more/{upper,work}
                  mount -t overlay -o lowerdir=all1,upperdir=more/upper,workdir=more/work none all2
                  cd "$OLDPWD"; exec setpriv --inh-caps=-all "$0" -Djava.io.tmpdir=/mnt/all2 "$@"' \
                  %s --enable-native-access=ALL-UNNAMED -cp '%s' %s 2>&1""".formatted(java, System.getProperty("java.class.path"), DoctorCommand.class.getName()));
        assertThat(diagnosed)
                .contains("It is without programs, as the kernel refused an overlay")
                .contains("modprobe overlay");
    }

    @Test
    void saysThatSysfsIsOff() throws Exception {
        SandboxRights rights = new SandboxRights(true, false);
        try (Sandboxes without = new Sandboxes(limits, rights, poller)) {
            assertThat(new Doctor(without, limits, settings).examine().findings())
                    .contains(Finding.good("sysfs", "off"));
        }
    }

    @Test
    void sumsUp() throws Exception {
        assertThat(new Diagnosis(List.of(), List.of()).worst()).isEqualTo(Finding.Status.GOOD);
        List<Finding> mixed = List.of(Finding.good("userns", "free"), Finding.weak("ids", "shared", "me"));
        assertThat(new Diagnosis(mixed, List.of()).summary(Locale.ENGLISH, DoctorCommand.messages()))
                .startsWith("1 of 2 are weak.");
    }

    @Test
    void speaksBothLanguages() throws Exception {
        for (Locale language : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            assertThat(findings)
                    .allSatisfy(finding -> assertThat(finding.in(language, DoctorCommand.messages())
                                    .found())
                            .isNotBlank());
            assertThat(diagnosis.limits())
                    .allSatisfy(limit -> assertThat(
                                    limit.in(language, DoctorCommand.messages()).heldBy())
                            .isNotBlank());
        }
        assertThat(words("messages_zh_CN.properties")).isEqualTo(words("messages.properties"));
    }

    /** A message that takes arguments is a MessageFormat, in which an apostrophe is two; any other is shown as it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_zh_CN.properties"})
    void apostrophesAreWrittenAsTheyAreRead(String file) throws Exception {
        assertThat(messages(file).values()).allSatisfy(value -> {
            String message = value.toString();
            boolean isFormat = message.matches("(?s).*\\{\\d.*");
            assertThat(isFormat ? message.replace("''", "") : message).doesNotContain(isFormat ? "'" : "''");
        });
    }

    private static List<Object> words(String file) throws Exception {
        return messages(file).keySet().stream().sorted().toList();
    }

    private static Properties messages(String file) throws Exception {
        return PropertiesLoaderUtils.loadProperties(
                new EncodedResource(new ClassPathResource(file), StandardCharsets.UTF_8));
    }
}
