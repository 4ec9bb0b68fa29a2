package dev.nslab.system;

import dev.nslab.NslabApplication;
import dev.nslab.PortFile;
import dev.nslab.linux.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A whole server in a process and a mount namespace of its own. A script changes there what the machine looks like. */
final class IsolatedServer implements AutoCloseable {

    /**
     * As root of a namespace with one id, the server would try to give sandboxes ranges of ids. So it runs in another
     * namespace below, as the user who started the test.
     */
    private static final String AS_ONESELF = "\"$@\" & trap \"kill $!\" TERM; wait $!; wait $!";

    private final boolean root = Credentials.ofThisProcess().uid() == 0;
    private final Process process;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final int port;

    /**
     * @param script changes the machine, and then becomes the server by {@code exec "$@"}
     * @param disk the script's $0
     */
    IsolatedServer(String script, Path disk, String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "-m"));
        if (!root) {
            command.add("-Ur");
        }
        command.addAll(List.of("sh", "-c", script, disk.toString()));
        if (!root) {
            Credentials self = Credentials.ofThisProcess();
            command.addAll(List.of("sh", "-c", AS_ONESELF, "sh"));
            command.addAll(List.of("unshare", "--map-user=" + self.uid(), "--map-group=" + self.gid()));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NslabApplication.class.getName(),
                "--server.port=0"));
        command.addAll(List.of(settings));
        try (PortFile file = new PortFile()) {
            command.add(file.setting());
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(log::add));
            port = file.await(process);
        } catch (IOException e) {
            throw new IOException(log(), e);
        }
    }

    String log() {
        return String.join("\n", log);
    }

    /** How many lines of the log contain this text. */
    long logged(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }

    String url() {
        return "http://localhost:" + port;
    }

    int port() {
        return port;
    }

    /** Runs a script in the server's mount namespace. Returns its exit status. */
    int run(String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-m"));
        if (!root) {
            command.addAll(List.of("-U", "--preserve-credentials"));
        }
        command.addAll(List.of("sh", "-c", script));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.toHandle().destroy(); // unlike Process.destroy, leaves the log open until it is read to its end
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
