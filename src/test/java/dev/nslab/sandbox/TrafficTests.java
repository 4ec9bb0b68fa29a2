package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the watchdog relies on: a network without processes is found wherever it is kept, or it shows that something is
 * hidden.
 */
@Tag("sandbox")
class TrafficTests extends UnderAttack {
    static final List<Arguments> KEEPING = List.of(
            Arguments.of("a mount", "touch /tmp/n; unshare --net=/tmp/n true; stat -c %i /tmp/n"),
            Arguments.of(
                    "a mount whose name has a blank and a newline",
                    "n=$'/tmp/a b\\nc\\\\d'; touch \"$n\"; unshare --net=\"$n\" true; stat -c %i \"$n\""),
            Arguments.of(
                    "a mount with a long name",
                    "cd /tmp; for i in {1..14}; do mkdir $(printf 'ä%.0s' {1..120}); cd ä*; done; touch n; unshare --net=n true; stat -c %i n"),
            Arguments.of(
                    "an open file, opened at a mount that is gone",
                    "ip netns add blue; exec 9</run/netns/blue; ip netns delete blue; stat -L -c %i /proc/$$/fd/9"),
            Arguments.of(
                    "an open file of one thread alone",
                    "perl /tmp/thread 2>&1 & until [ -s /tmp/said ]; do :; done; cat /tmp/said"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("KEEPING")
    void findsTheNetworkKeptBy(String keeper, String script) throws Exception {
        bring(console, "thread");
        String[] lines = console.run("{ " + script + "; } 2>&1").strip().split("\n", -1);
        assertThat(sandbox.traffic().packets()).containsKey(Long.valueOf(lines[lines.length - 1]));
        assertThat(sandbox.traffic().inFlight()).isZero();
    }

    static final List<Arguments> HIDING = List.of(
            Arguments.of("in a socket", "perl /tmp/queue"),
            Arguments.of("in a socket that is locked a hundred times", "perl /tmp/queue 100"),
            Arguments.of(
                    "at a mount below another",
                    "mkdir /tmp/d; touch /tmp/d/n; unshare --net=/tmp/d/n true; mount -t tmpfs none /tmp/d; echo hidden"),
            Arguments.of("behind very many files", "ulimit -n 1024; perl /tmp/files 18 1000"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("HIDING")
    void noticesThatOneMayBeHidden(String place, String script) throws Exception {
        bring(console, "queue", "files");
        assertThat(sandbox.traffic().inFlight()).isZero();
        console.type(script + " &\n");
        console.await("hidden");
        await().until(() -> sandbox.traffic().inFlight() > 0);
    }

    @Test
    void honestProgramsLookAsIfTheyHidNothing() throws Exception {
        console.run("ip netns add blue; (ip netns exec blue sleep 1000 &) ; (bash -c 'sleep 1000 | cat' &)");
        Traffic traffic = sandbox.traffic();
        assertThat(traffic.packets()).hasSize(2);
        assertThat(traffic.inFlight()).isZero();
        assertThat(traffic.triggers()).isZero();
    }
}
