package dev.nslab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The embedded database, with one connection. It is opened when it is first used, and again after each failure, because
 * H2 closes itself after an I/O error. To be used by one thread, which must never be interrupted: H2 would close its
 * file then, too.
 */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** Without it, the failure of a commit would show only in the background, up to half a second later. */
    private static final String TO_DISK = "CHECKPOINT SYNC";

    private static final String NAME = "nslab";
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    /** If it cannot be opened, it is not tried again for each caller, because that takes a tenth of a second. */
    private static final long REFUSAL = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private @Nullable Connection open;
    private @Nullable StorageException refusal;
    private long refusedAt;

    public Database(Path folder) {
        this.folder = folder;
    }

    /**
     * Does the work in a transaction. When this returns, all of it is on disk. The work is called a second time if the
     * connection had failed.
     *
     * @throws StorageException if that is not possible now
     * @throws DataIntegrityViolationException if it is not possible ever
     */
    public <T> T write(Function<JdbcClient, T> work) {
        return perform(connection -> {
            connection.setAutoCommit(false);
            T result = work.apply(client(connection));
            connection.commit();
            connection.setAutoCommit(true);
            execute(connection, TO_DISK);
            return result;
        });
    }

    /**
     * Asks the database.
     *
     * @throws StorageException if that is not possible now
     */
    public <T> T read(Function<JdbcClient, T> work) {
        return perform(connection -> work.apply(client(connection)));
    }

    private interface Work<T> {
        T apply(Connection connection) throws SQLException, IOException;
    }

    private <T> T perform(Work<T> work) {
        boolean wasOpen = open != null;
        if (refusal != null && System.nanoTime() - refusedAt < REFUSAL) {
            throw refusal;
        }
        try {
            return work.apply(opened());
        } catch (DataIntegrityViolationException e) {
            close();
            throw e;
        } catch (SQLException | IOException | RuntimeException e) {
            boolean refused = open == null;
            close();
            if (wasOpen) {
                log.debug("the database is opened again", e);
                return perform(work);
            }
            StorageException problem =
                    new StorageException("The lab's data in " + folder + " cannot be used: " + advice(e), e);
            refusal = refused ? problem : null;
            refusedAt = System.nanoTime();
            throw problem;
        }
    }

    private Connection opened() throws SQLException, IOException {
        Connection now = open == null ? open() : open;
        open = now;
        return now;
    }

    private Connection open() throws SQLException, IOException {
        makePrivate();
        // H2's errors come to us; a trace file would fill the disk further.
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve(NAME)
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
        Connection connection = DriverManager.getConnection(url, "sa", "");
        try {
            Flyway.configure()
                    .dataSource(new SingleConnectionDataSource(connection, true))
                    // Flyway would accept the data of a newer version, to which this one cannot write.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
            return connection;
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /** H2 lets everybody read its file, as far as the umask allows it. It treats an empty file as a new one. */
    private void makePrivate() throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Path file = folder.resolve(NAME + ".mv.db");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } else if (!FILE.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    private static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String advice(Exception e) {
        if (e instanceof FlywayValidateException) {
            return "another version of nslab has written them, most likely a newer one. Start that one, or give this one a"
                    + " folder of its own by NSLAB_DATA_DIR.";
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return "another server uses them. End it, or give this one a folder of its own by NSLAB_DATA_DIR.";
            }
        }
        return cause
                + ". Make room there and make it writable, or start this server with another folder by NSLAB_DATA_DIR.";
    }

    @Override
    public void close() {
        if (open != null) {
            close(open);
            open = null;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("it was closed already", e);
        }
    }
}
