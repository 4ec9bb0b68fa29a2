package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Poller;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server in a process of its own, which dies or stands on a machine that lacks what it needs. */
@Tag("sandbox")
class ServerDeathTests {
    /** Starts the one line that a server has to say, which its log, on the same stream, does not. */
    private static final String ANSWER = "answer: ";

    private static final String[] NO_USER_NAMESPACES = {
        "unshare", "-U", "-r", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"", "sh"
    };

    /** Starts a sandbox with processes in nested namespaces, prints the PIDs of all, and waits to be killed. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Sandboxes sandboxes = new Sandboxes(TestLimits.DEFAULT, new Poller("poller"), TestHelper.program());
            try {
                Sandbox sandbox = sandboxes.start("lab");
                Console console = Console.open(sandbox);
                console.run(
                        "unshare -p -f --mount-proc sleep 1000 & setsid --fork sleep 2000; until pgrep -fx 'sleep 1000'; do sleep 0.01; done");
                ProcessHandle init = ProcessHandle.of(sandbox.init()).orElseThrow();
                System.out.println(ANSWER + init.pid() + " "
                        + init.descendants().map(p -> String.valueOf(p.pid())).collect(Collectors.joining(" ")));
            } catch (SandboxException e) {
                System.out.println(ANSWER + e.problem() + ": "
                        + String.valueOf(e.getMessage()).replace('\n', ' '));
            }
            System.in.read();
        }
    }

    private static Process server(String... prefix) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String answer(Process server) throws IOException {
        BufferedReader output = server.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine())
            if (line.startsWith(ANSWER)) return line.substring(ANSWER.length());
        throw new AssertionError("the server said nothing");
    }

    @Test
    void aKilledServerLeavesNoProcess() throws Exception {
        Process server = server();
        List<ProcessHandle> sandbox = Arrays.stream(answer(server).split(" "))
                .map(Long::valueOf)
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
        assertThat(sandbox).hasSizeGreaterThanOrEqualTo(5);
        server.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        for (ProcessHandle process : sandbox) process.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    void withoutUserNamespacesItSaysWhatToDo() throws Exception {
        Process server = server(NO_USER_NAMESPACES);
        try {
            assertThat(answer(server))
                    .startsWith(
                            "START_FAILED: unshare the outer user namespace: No space left on device: User namespaces are not allowed")
                    .contains("sysctl -w user.max_user_namespaces=");
        } finally {
            server.destroyForcibly();
        }
    }
}
