package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTests {

    private static final String NUMBERS = " S 12 13 13 34816 99 4194560 7 0 0 0 1 2 3 4 20 0 5 0 123456 9999 1";

    @Test
    void readsTheFields() {
        assertThat(ProcessStat.parse(ProcText.of("13 (bash)" + NUMBERS)))
                .isEqualTo(new ProcessStat("bash", "S", 12, 34816, false, 5, 123456));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x) R 1 (y", ")", "((", "", "new\nline", "名", "\u001b[31m", ") S 1 1 1 1 ("})
    void takesAnyName(String name) {
        assertThat(ProcessStat.parse(ProcText.of("13 (" + name + ")" + NUMBERS)))
                .isEqualTo(new ProcessStat(name, "S", 12, 34816, false, 5, 123456));
    }

    @Test
    void showsInvalidUtf8AsReplacementCharacters() {
        byte[] bytes = {'1', ' ', '(', 'a', (byte) 0xff, (byte) 0xc3, ')', ' ', 'Z', ' ', '0'};
        assertThat(ProcessStat.parse(new ProcText(bytes, bytes.length)))
                .isEqualTo(new ProcessStat("a\ufffd\ufffd", "Z", 0, 0, false, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "13 13 34816 13, true",
        "14 13 34816 13, false",
        "-1 13 0 -1, false", // without a terminal
        "13 13 0 -1, false",
    })
    void tellsWhatIsInTheForeground(String groupSessionTerminalAndItsGroup, boolean foreground) {
        String numbers = NUMBERS.replace("13 13 34816 99", groupSessionTerminalAndItsGroup);
        ProcessStat stat = Objects.requireNonNull(ProcessStat.parse(ProcText.of("14 (sleep)" + numbers)));
        assertThat(stat.foreground()).isEqualTo(foreground);
        assertThat(stat.startTime()).isEqualTo(123456);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "13", "13 (bash", ")("})
    void knowsWhatIsNoStatFile(String text) {
        assertThat(ProcessStat.parse(ProcText.of(text))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0,",
        "34816, pts/0", // 136:0
        "34823, pts/7",
        "35071, pts/255",
        "1083392, pts/256", // 136:256: minors above 255 are in the high bits
        "35072, pts/256", // 137:0, as older kernels count
        "1025,", // tty1 of the console
        "1088,", // ttyS0
    })
    void namesTheTerminal(int device, String name) {
        assertThat(new ProcessStat("bash", "S", 1, device, false, 1, 1).terminalName())
                .isEqualTo(name);
    }
}
