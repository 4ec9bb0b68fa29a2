package dev.nslab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceIdTests {

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(NamespaceType type) {
        var id = new NamespaceId(type, 4026531836L);
        assertThat(NamespaceId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void saysItAsTheKernelDoes() {
        assertThat(new NamespaceId(NamespaceType.MNT, 4026531832L)).hasToString("mnt:[4026531832]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pid", "pid:[]", "pid:[x]", "pid:[-1]", "pid:[1", ":[1]", "what:[1]", "PID:[1]", "/pid:[1]"})
    void knowsWhatIsNone(String link) {
        assertThat(NamespaceId.parse(link)).isNull();
    }
}
