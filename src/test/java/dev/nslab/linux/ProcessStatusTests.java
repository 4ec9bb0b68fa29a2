package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatusTests {

    @Test
    void readsUidAndPidsAtEveryLevel() {
        var text = ProcText.of("""
                Name:\tbash
                Uid:\t1000\t100000\t0\t0
                NSpid:\t4711\t13\t1
                NSsid:\t4700\t2\t0
                Kthread:\t0
                ShdPnd:\t0000000000000000
                SigBlk:\t0000000000010000
                SigIgn:\tfffffffe7ffbfeff
                SigCgt:\t00000000280b2603
                CapInh:\t0000000000000000
                """);
        assertThat(ProcessStatus.parse(text))
                .isEqualTo(new ProcessStatus(
                        100000, List.of(4711, 13, 1), List.of(4700, 2, 0), 0x10000L, 0xfffffffe7ffbfeffL, 0x280b2603L));
    }

    @Test
    void isNotFooledByTheName() {
        // The kernel escapes line feeds in the name, and nothing else.
        var text = ProcText.of("Name:\tNSpid:\t1\\nUid:\t9\nUid:\t5\t6\t7\t8\nNSpid:\t20\nNSsid:\t20\nSigCgt:\t0\n");
        assertThat(ProcessStatus.parse(text)).isEqualTo(new ProcessStatus(6, List.of(20), List.of(20), 0, 0, 0));
    }

    @Test
    void takesTheLargestUid() {
        var text = ProcText.of("Uid:\t0\t4294967294\t0\t0\nNSpid:\t1\nNSsid:\t1\nSigCgt:\t0\n");
        assertThat(ProcessStatus.parse(text))
                .isEqualTo(new ProcessStatus(4294967294L, List.of(1), List.of(1), 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Name:\tbash\n",
                "NSsid:\t1\n",
                "NSpid:\t\nNSsid:\t\n",
                "NSpid:\t1",
                "NSpid:\t1\nNSsid:\t1\nSigBlk:\t0\n",
                "NSpid:\t1\nSigCgt:\t0\n"
            })
    void knowsWhatIsNoWholeStatusFile(String text) {
        assertThat(ProcessStatus.parse(ProcText.of(text))).isNull();
    }
}
