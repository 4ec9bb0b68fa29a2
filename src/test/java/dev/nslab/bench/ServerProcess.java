package dev.nslab.bench;

import dev.nslab.PortFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that is started as by {@code ./lab run}, and what it uses according to the kernel. */
final class ServerProcess implements AutoCloseable {
    /** The unit of times in /proc/PID/stat (USER_HZ), which is the same on all architectures. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final String url;
    private final double readyAfter;

    private ServerProcess(Process process, String url, double readyAfter) {
        this.process = process;
        this.url = url;
        this.readyAfter = readyAfter;
    }

    /** @param settings such as "--nslab.limits.processes=1000" */
    static ServerProcess start(String... settings) throws IOException, InterruptedException {
        return startBy(List.of(), settings);
    }

    /**
     * @param prefix of the command: a program that takes something away from the machine, and then starts the server
     */
    static ServerProcess startBy(List<String> prefix, String... settings) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/jvm.options",
                "-XX:AOTCache=target/server/nslab.aot",
                "-jar",
                "target/server/nslab.jar",
                "--server.port=0",
                "--nslab.limits.sandboxes-per-learner=256",
                "--nslab.limits.new-sandboxes-per-minute=1000000",
                "--nslab.limits.new-sandboxes-per-minute-per-learner=1000000",
                "--nslab.limits.changes-per-minute-per-learner=1000000"));
        command.addAll(List.of(settings));
        try (PortFile file = new PortFile()) {
            command.add(file.setting());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int port = file.await(process);
            return new ServerProcess(process, "http://localhost:" + port, Samples.since(start));
        } catch (IOException e) {
            throw new IOException("the server did not start; build it with ./lab build", e);
        }
    }

    String url() {
        return url;
    }

    /** Milliseconds from the start of the process until the server was ready. */
    double readyAfter() {
        return readyAfter;
    }

    double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024.0;
    }

    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The share of one core that it uses during some seconds without requests. */
    double idleLoad(int seconds) throws Exception {
        double before = cpuSeconds();
        long start = System.nanoTime();
        process.waitFor(seconds, TimeUnit.SECONDS);
        return (cpuSeconds() - before) / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
