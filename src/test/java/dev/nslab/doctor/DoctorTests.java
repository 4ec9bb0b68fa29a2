package dev.nslab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What the doctor says of this machine, compared with what its own programs say. */
@Tag("sandbox")
class DoctorTests {

    private final SandboxLimits limits = new Binder(List.of()).bindOrCreate("nslab.limits", SandboxLimits.class);
    private final Poller poller = new Poller("test");
    private final Sandboxes sandboxes = new Sandboxes(limits, poller);
    private final List<Finding> findings = new Doctor(sandboxes, limits).examine();

    DoctorTests() throws Exception {}

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

    /** In a container other words are right, since other things mend it. */
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
        String ranges = output("id -u | grep -qx 0 && echo root || grep \"^$(id -un):\" /etc/subuid");
        assertThat(finding("ids").outcome()).isEqualTo(ranges.isEmpty() ? orContained("shared") : "own");
    }

    @Test
    void saysWhatNoCgroupLimits() throws Exception {
        boolean isRoot = output("id -u").equals("0");
        assertThat(finding("cgroups").outcome()).isEqualTo(isRoot ? "limit" : orContained("miss"));
        assertThat(finding("cgroups").facts())
                .allMatch(fact -> isRoot ? fact.startsWith("/sys/fs/cgroup/") : fact.contains("memory"));
    }

    @Test
    void speaksBothLanguages() throws Exception {
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.in(Locale.ENGLISH, DoctorCommand.messages()).found())
                    .isNotBlank();
            assertThat(finding.in(Locale.SIMPLIFIED_CHINESE, DoctorCommand.messages())
                            .found())
                    .isNotBlank();
        });
        assertThat(words("messages_zh_CN.properties")).isEqualTo(words("messages.properties"));
    }

    private static List<Object> words(String file) throws Exception {
        Properties messages = PropertiesLoaderUtils.loadProperties(
                new EncodedResource(new ClassPathResource(file), StandardCharsets.UTF_8));
        return messages.keySet().stream().sorted().toList();
    }
}
