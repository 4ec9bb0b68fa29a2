package dev.nslab.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The lab in a container, as {@code docker compose up} starts it, under a name and on a port of its own. */
final class Compose {
    private static final String SERVICE = "nslab";

    private final List<String> files;
    private final String published;

    record Outcome(boolean isSuccess, String output) {}

    private Compose(String... files) throws IOException, InterruptedException {
        this.files = List.of(files);
        succeed("build");
        closePressure();
        Outcome started = compose(List.of("up", "--detach", "--wait"));
        if (!started.isSuccess) {
            String log = compose(List.of("logs")).output;
            down();
            throw new AssertionError(started.output + log);
        }
        published = succeed("port", SERVICE, "8080").strip();
    }

    /**
     * Runs the command from OPERATING.md by which the container's root, who has no capability, closes the machine's
     * files.
     */
    private void closePressure() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/proc/pressure"))) {
            return;
        }
        String chmod = "chmod 444 /proc/pressure/*";
        succeed("run", "--rm", "--no-deps", "--user", "root", "--entrypoint", "sh", SERVICE, "-c", chmod);
    }

    /** Builds the image, starts it, and waits until it is healthy. */
    static Compose up(String... files) throws IOException, InterruptedException {
        return new Compose(files);
    }

    void down() throws IOException, InterruptedException {
        succeed("down", "--volumes");
    }

    String url() {
        return "http://" + published;
    }

    /** Runs a command in the container, as the server's user and with the same restrictions. */
    Outcome exec(String... command) throws IOException, InterruptedException {
        return compose(Stream.concat(Stream.of("exec", "--no-TTY", SERVICE), Stream.of(command))
                .toList());
    }

    /** The user ids on the host of the container's processes with that command line. */
    List<Long> usersOf(String command) throws IOException, InterruptedException {
        String container = succeed("ps", "--quiet", SERVICE).strip();
        return run(List.of("docker", "top", container, "-e", "-o", "uid,pid,args"))
                .output()
                .lines()
                .filter(line -> line.strip().endsWith(command))
                .map(line -> Long.parseLong(line.strip().split(" ", 2)[0]))
                .toList();
    }

    private String succeed(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = compose(List.of(arguments));
        if (!outcome.isSuccess) {
            throw new AssertionError(outcome.output);
        }
        return outcome.output;
    }

    private Outcome compose(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("docker", "compose", "--progress", "plain", "--project-name", name()));
        files.forEach(file -> command.addAll(List.of("--file", file)));
        command.addAll(arguments);
        return run(command);
    }

    private static String name() {
        return "nslab-test-" + ProcessHandle.current().pid();
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("NSLAB_PUBLISH", "127.0.0.1:0"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor() == 0, output);
    }
}
