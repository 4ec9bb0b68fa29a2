package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.lab.web.SandboxController.Created;
import dev.nslab.lab.web.SandboxController.Opened;
import dev.nslab.lab.wire.EndReasonView;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.lab.wire.TerminalCommand;
import dev.nslab.lab.wire.TerminalMessage;
import dev.nslab.lab.wire.TerminalRequest;
import dev.nslab.lab.wire.TerminalView;
import dev.nslab.namespace.Death;
import dev.nslab.outcome.Outcome;
import dev.nslab.sandbox.Call;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.ExitStatus;
import dev.nslab.sandbox.Offence;
import dev.nslab.web.WireCode;
import dev.nslab.web.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The wire messages are those in the golden files, which the page's tests read, too. */
class WireTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final TerminalView TTY1 = new TerminalView("t3JxkQmVbN2sYw8uL5cRfA", "tty1", 2, 80, 24, null);

    @Test
    void messagesToATerminal() {
        assertWritten(new TerminalMessage.Attached(1048576, 1310720, 80, 24), "terminal-attached");
        assertWritten(new TerminalMessage.Size(120, 40), "terminal-size");
        assertWritten(new TerminalMessage.Viewers(2), "terminal-viewers");
        assertWritten(new TerminalMessage.Exit(0, null), "terminal-exit");
        assertWritten(new TerminalMessage.Exit(137, "SIGKILL"), "terminal-exit-killed");
        assertWritten(new TerminalMessage.Refused("cols and rows must be 1 to 1000, not 0 and 0"), "terminal-error");
    }

    @Test
    void messagesFromATerminal() {
        assertThat(read("terminal-resize")).isEqualTo(new TerminalCommand.Resize(120, 40));
        assertThat(read("terminal-ack")).isEqualTo(new TerminalCommand.Ack(65536));
        assertThat(read("terminal-resume")).isEqualTo(new TerminalCommand.Resume(1310720));
    }

    @Test
    void messagesToAWatcher() {
        TerminalView tty2 =
                new TerminalView("p7HdZ0gTqE4iXo9vK1nWyB", "tty2", 3, 120, 40, new ExitStatus(137, "SIGKILL"));
        assertWritten(
                new SandboxMessage.State("running", null, null, List.of(TTY1, tty2), null, null), "sandbox-state");
        assertWritten(
                new SandboxMessage.State("running", null, null, List.of(TTY1), 287L, null), "sandbox-state-ending");
        Instant linksDown = Instant.parse("2026-11-24T10:25:03.250Z");
        assertWritten(
                new SandboxMessage.State("running", null, null, List.of(TTY1), null, linksDown),
                "sandbox-state-links-down");
        Call call = new Call(
                41,
                Instant.parse("2026-11-24T10:21:07.123Z"),
                9,
                9,
                "unshare",
                "unshare",
                List.of("CLONE_NEWNS", "CLONE_NEWUTS", "CLONE_NEWPID"),
                4026531836L,
                null);
        assertWritten(SandboxMessage.Event.of(call, null), "sandbox-event");
        Call kill = new Call(
                42,
                Instant.parse("2026-11-24T10:22:40.500Z"),
                3,
                3,
                "bash",
                "kill",
                List.of(),
                4026531836L,
                new Call.Kill(10, "SIGKILL"));
        assertWritten(SandboxMessage.Event.of(kill, 10), "sandbox-event-kill");
        Call ofThread = new Call(
                7,
                Instant.parse("2026-11-24T10:21:07.412Z"),
                10,
                12,
                "perl",
                "unshare",
                List.of("CLONE_NEWNET"),
                4026531836L,
                null);
        assertWritten(SandboxMessage.Event.of(ofThread, null), "sandbox-event-thread");
        assertWritten(
                new SandboxMessage.Became(new Outcome(7, "mounted", "/mnt", "tmpfs", "secret")), "sandbox-outcome");
        assertWritten(new SandboxMessage.Became(new Outcome(8, "none", null, null, null)), "sandbox-outcome-none");
        assertWritten(new SandboxMessage.Lost(1234), "sandbox-lost");
    }

    @Test
    void endsToAWatcher() {
        assertWritten(
                ended("The sandbox was idle for 60 minutes.", EndReason.idle(Duration.ofMinutes(60))),
                "sandbox-state-ended");
        String words = "the server's watchdog ended it: packets went round in its networks, sent by no process";
        assertWritten(
                ended(words, new EndReason(EndReason.Code.WATCHDOG, null, Offence.LOOP, null, words)),
                "sandbox-state-expelled");
    }

    private static SandboxMessage.State ended(String words, EndReason why) {
        return new SandboxMessage.State("ended", words, EndReasonView.of(why), List.of(), null, null);
    }

    /** The page's tests check that there are words for these in each language. */
    @Test
    void codesThatPagesHaveWordsFor() {
        JsonNode codes = golden("codes");
        assertThat(texts(codes.get("endReasons"))).isEqualTo(namesOf(EndReason.Code.values()));
        assertThat(texts(codes.get("offences"))).isEqualTo(namesOf(Offence.values()));
        assertThat(texts(codes.get("problemTypes"))).isEqualTo(namesOf(ProblemType.values()));
    }

    private static List<String> namesOf(Enum<?>[] codes) {
        return Arrays.stream(codes).map(WireCode::of).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void deathsToAWatcher() {
        Death ofInit = new Death(
                Instant.parse("2026-11-24T10:22:40.501Z"),
                10,
                List.of(10, 1),
                "bash",
                137,
                "SIGKILL",
                4026532386L,
                List.of(
                        new Death.Victim(21, List.of(21, 12), "unshare"),
                        new Death.Victim(22, List.of(22, 13, 1), "bash")));
        assertWritten(new SandboxMessage.Exit(ofInit), "sandbox-exit");
        Death unknown = new Death(
                Instant.parse("2026-11-24T10:22:41Z"), 30, List.of(30), "sleep", null, "SIGTERM", null, List.of());
        assertWritten(new SandboxMessage.Exit(unknown), "sandbox-exit-unknown");
    }

    @Test
    void answers() {
        assertWritten(new Created("V1StGXR8Z5jdHi6BmyTQkc", "lab"), "rest-sandbox-created");
        assertWritten(new Opened("t3JxkQmVbN2sYw8uL5cRfA", "tty1", 2), "rest-terminal-created");
        assertThat(JSON.treeToValue(golden("rest-terminal-request"), TerminalRequest.class))
                .isEqualTo(new TerminalRequest(80, 24, List.of("bash", "-l")));
    }

    private static void assertWritten(Object message, String golden) {
        assertThat(JSON.readTree(JSON.writeValueAsString(message))).isEqualTo(golden(golden));
    }

    private static TerminalCommand read(String golden) {
        return JSON.treeToValue(golden(golden), TerminalCommand.class);
    }

    private static JsonNode golden(String name) {
        try (InputStream file = WireTests.class.getResourceAsStream("/wire/" + name + ".json")) {
            return JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
