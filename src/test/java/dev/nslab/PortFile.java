package dev.nslab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The file into which a server in another process writes its port as soon as it is ready. */
public final class PortFile implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Path path = Files.createTempFile("nslab-test-", ".port");

    public PortFile() throws IOException {}

    public String setting() {
        return "--nslab.port-file=" + path;
    }

    /**
     * Waits until the server is ready.
     *
     * @throws IOException if it has ended, or is not ready in time; then it is ended
     */
    public int await(Process server) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(DEADLINE);
        while (Files.size(path) == 0) {
            if (server.waitFor(1, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                server.destroyForcibly();
                throw new IOException("the server did not start");
            }
        }
        return Integer.parseInt(Files.readString(path));
    }

    @Override
    public void close() throws IOException {
        Files.delete(path);
    }
}
