package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The advice about a failed step depends on its code, whatever the words. */
class AdviceTests {

    private static final Pattern CODE = Pattern.compile("\\[STEP_(\\w+)] = \"([a-z-]+)\"");

    private static final List<Errno> ERRNOS =
            List.of(Errno.EPERM, Errno.EACCES, Errno.EAGAIN, Errno.ENOENT, Errno.ENOMEM, Errno.ENOSPC, Errno.ENOTSUPP);

    @Test
    void helperAndServerHaveTheSameCodes() throws Exception {
        Set<HelperStep> ofHelper = CODE.matcher(Files.readString(Path.of("src/main/c/message.c")))
                .results()
                .map(match -> {
                    HelperStep step = HelperStep.parse(match.group(2));
                    assertThat(step.name()).isEqualTo(match.group(1));
                    return step;
                })
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(HelperStep.class)));
        assertThat(ofHelper).isEqualTo(EnumSet.complementOf(EnumSet.of(HelperStep.START)));
    }

    @Test
    void eachStepThatHasANameHasAdvice() {
        assertThat(HelperStep.values())
                .filteredOn(step -> ERRNOS.stream().noneMatch(errno -> isAdvised(step, errno)))
                .containsExactly(HelperStep.OTHER);
    }

    @Test
    void theWordsAreForPeopleAlone() {
        for (String words : List.of("mount proc", "clone into the sandbox's namespaces", "run newuidmap", "今天")) {
            for (Errno errno : ERRNOS) {
                assertThat(Advice.sentence(HelperStep.OTHER, words, errno)).isEqualTo(words + ": " + errno.text());
            }
        }
        assertThat(Advice.sentence(HelperStep.RUN_MAPPER, "?", Errno.EPERM))
                .startsWith("?: ")
                .contains("uidmap");
    }

    @Test
    void theSameStepIsAdvisedByItsErrno() {
        List<String> advice = Stream.of(Errno.ENOSPC, Errno.EAGAIN, Errno.EPERM)
                .map(errno -> Advice.sentence(HelperStep.CLONE_INNER, "clone", errno))
                .toList();
        assertThat(advice.get(0)).contains("sysctl user");
        assertThat(advice.get(1)).contains("ulimit -u");
        assertThat(advice.get(2)).contains("apparmor_restrict_unprivileged_userns");
    }

    private static boolean isAdvised(HelperStep step, Errno errno) {
        return !Advice.sentence(step, "words", errno).equals("words: " + errno.text());
    }
}
