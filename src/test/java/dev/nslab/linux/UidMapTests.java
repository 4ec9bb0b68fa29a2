package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UidMapTests {

    private static final UidMap MAP =
            UidMap.parse(ProcText.of("         0     100000      65536\n     70000       1000          1\n"));

    @Test
    void translatesWhatIsMapped() {
        assertThat(MAP.inside(100000)).isZero();
        assertThat(MAP.inside(165535)).isEqualTo(65535);
        assertThat(MAP.inside(1000)).isEqualTo(70000);
    }

    @Test
    void showsTheRestAsNobody() {
        assertThat(MAP.inside(0)).isEqualTo(UidMap.OVERFLOW_UID);
        assertThat(MAP.inside(99999)).isEqualTo(UidMap.OVERFLOW_UID);
        assertThat(MAP.inside(165536)).isEqualTo(UidMap.OVERFLOW_UID);
        assertThat(MAP.inside(1001)).isEqualTo(UidMap.OVERFLOW_UID);
    }

    @Test
    void takesTheWholeRange() {
        assertThat(UidMap.parse(ProcText.of("0 0 4294967295\n")).inside(4294967294L))
                .isEqualTo(4294967294L);
    }

    @Test
    void isEmptyBeforeItIsWritten() {
        assertThat(UidMap.parse(ProcText.of("")).isEmpty()).isTrue();
        assertThat(MAP.isEmpty()).isFalse();
    }
}
