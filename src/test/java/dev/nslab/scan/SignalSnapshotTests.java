package dev.nslab.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Signals;
import dev.nslab.namespace.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What signals do to processes in real sandboxes, compared with what ps says there. */
@Tag("sandbox")
class SignalSnapshotTests {

    @AutoClose
    private final LiveSandbox live;

    SignalSnapshotTests() throws Exception {
        live = new LiveSandbox();
    }

    @Test
    void confirmsWhatIsCaughtBlockedAndIgnored() throws Exception {
        int shell = live.run("tty1", "bash");
        live.script("tty2", "trap : TERM USR1 RTMIN+3; sleep 1001; :");
        live.run("tty3", "dash", "-c", "trap : HUP; sleep 1002; :");
        live.script("tty4", "exec nohup sleep 1003");
        live.run(
                "tty5",
                "perl",
                "-MPOSIX",
                "-e",
                "sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIGUSR2, SIGALRM)); exec 'sleep', 1004");
        Snapshot snapshot = live.await(seen -> Stream.of("1001", "1002", "1003", "1004")
                .allMatch(argument -> LiveSandbox.sleeping(seen, argument).size() == 1));
        Map<Integer, List<List<String>>> told = new HashMap<>();
        for (String line : live.witness(live.hostPid(shell), "exec ps -eww -o pid=,caught=,blocked=,ignored=")) {
            String[] words = line.strip().split(" +", -1);
            told.put(
                    Integer.valueOf(words[0]),
                    Stream.of(words[1], words[2], words[3])
                            .map(mask -> Signals.names(Long.parseUnsignedLong(mask, 16)))
                            .toList());
        }
        assertThat(snapshot.processes())
                .hasSize(8)
                .allSatisfy(process -> assertThat(List.of(process.caught(), process.blocked(), process.ignored()))
                        .isEqualTo(requireNonNull(told.get(process.pid()))));
        assertThat(snapshot.processes())
                .anySatisfy(process -> assertThat(process.caught()).contains("SIGTERM", "SIGUSR1", "SIGRTMIN+3"))
                .anySatisfy(process -> assertThat(process.caught()).contains("SIGHUP"));
        assertThat(LiveSandbox.sleeping(snapshot, "1003").getFirst().ignored()).contains("SIGHUP");
        assertThat(LiveSandbox.sleeping(snapshot, "1004").getFirst().blocked()).contains("SIGUSR2", "SIGALRM");
    }
}
