package dev.nslab.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The embedded database, opened when it is first asked. One thread with one connection does it all: what is asked is small
 * and rare, and H2 closes its file when a thread that reads or writes it is interrupted, as others here are.
 */
final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private static final String NAME = "nslab";
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("nslab-database").daemon().factory());
    private @Nullable Open open;

    private record Open(SingleConnectionDataSource source, JdbcClient client, TransactionTemplate transaction) {}

    Database(Path folder) {
        this.folder = folder;
    }

    /** Does it in a transaction, and waits for it. */
    <T> T call(Function<JdbcClient, T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> callHere(work), thread).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @SuppressWarnings("NullAway") // execute() returns what the work returns, which is not null.
    private <T> T callHere(Function<JdbcClient, T> work) {
        Open now = open == null ? open() : open;
        open = now;
        return now.transaction.execute(_ -> work.apply(now.client));
    }

    /** In the folder; in memory where that cannot be written, as a lab whose disk is full still teaches. */
    private Open open() {
        try {
            makePrivate();
            return open("file:" + folder.toAbsolutePath().resolve(NAME));
        } catch (IOException e) {
            return openInMemory(e);
        } catch (FlywayException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof IOException cause) return openInMemory(cause);
            throw new IllegalStateException(
                    "The lab's data in " + folder
                            + " cannot be opened. If another server uses it, give this one a folder"
                            + " of its own: NSLAB_DATA_DIR",
                    e);
        }
    }

    /** H2 makes its file for everybody to read, where the umask lets it; an empty one it takes as new. */
    private void makePrivate() throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Path file = folder.resolve(NAME + ".mv.db");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } else if (!FILE.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    private Open openInMemory(IOException cause) {
        log.error(
                "The lab's data in {} cannot be written ({}). How far learners come is forgotten when this server ends: make"
                        + " room there, or give it another folder by NSLAB_DATA_DIR, and start it again.",
                folder,
                cause.toString());
        return open("mem:");
    }

    private static Open open(String place) {
        var source = new SingleConnectionDataSource(
                "jdbc:h2:" + place + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0", "sa", "", true);
        try {
            Flyway.configure().dataSource(source).load().migrate();
        } catch (FlywayException e) {
            source.destroy();
            throw e;
        }
        return new Open(
                source, JdbcClient.create(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
    }

    @Override
    public void close() {
        CompletableFuture.runAsync(this::closeHere, thread).join();
        thread.shutdown();
    }

    private void closeHere() {
        if (open != null) {
            open.source.destroy();
            open = null;
        }
    }
}
