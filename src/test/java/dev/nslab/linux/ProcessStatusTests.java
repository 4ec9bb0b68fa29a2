package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatusTests {

    @Test
    void readsUidAndPidsAtEveryLevel() {
        var text = ProcText.of(
                "Name:\tbash\nUid:\t1000\t100000\t0\t0\nNSpid:\t4711\t13\t1\nNSsid:\t4700\t2\t0\nKthread:\t0\n");
        assertThat(ProcessStatus.parse(text))
                .isEqualTo(new ProcessStatus(100000, List.of(4711, 13, 1), List.of(4700, 2, 0)));
    }

    @Test
    void isNotFooledByTheName() {
        // The kernel escapes line feeds in it; everything else stands as it is.
        var text = ProcText.of("Name:\tNSpid:\t1\\nUid:\t9\nUid:\t5\t6\t7\t8\nNSpid:\t20\nNSsid:\t20\n");
        assertThat(ProcessStatus.parse(text)).isEqualTo(new ProcessStatus(6, List.of(20), List.of(20)));
    }

    @Test
    void takesTheLargestUid() {
        var text = ProcText.of("Uid:\t0\t4294967294\t0\t0\nNSpid:\t1\nNSsid:\t1\n");
        assertThat(ProcessStatus.parse(text)).isEqualTo(new ProcessStatus(4294967294L, List.of(1), List.of(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name:\tbash\n", "NSsid:\t1\n", "NSpid:\t\nNSsid:\t\n", "NSpid:\t1"})
    void knowsWhatIsNoWholeStatusFile(String text) {
        assertThat(ProcessStatus.parse(ProcText.of(text))).isNull();
    }
}
