package dev.nslab.progress;

import dev.nslab.store.Database;
import dev.nslab.store.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notebooks on disk, written in the background: no learner waits for a write. What cannot be written or read at the
 * moment is kept until it can. One thread does all the SQL.
 */
final class Archive implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    /** How many notebooks may wait, of some KB each. Beyond that, those that have waited longest are dropped. */
    static final int MOST_WAITING = 4096;

    /** How many are written in one transaction, which is then forced to the disk. */
    private static final int MOST_AT_ONCE = 256;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /**
     * Opening the database takes seconds in a JVM that has just started. After one request without an answer, later
     * ones do not wait.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(500);

    private final Database database;
    private final Runnable keepingChanged;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("nslab-archive").daemon().factory());

    /** In the order in which they came. */
    private final LinkedHashMap<Notebook.Key, Notebook> waiting = new LinkedHashMap<>();

    private boolean due;
    private boolean forgetful;
    private volatile @Nullable Failure failure;

    /** Since when, and why, nothing can be saved. */
    record Failure(Instant since, String reason) {}

    /** @param keepingChanged called when a failure has begun or ended; must not block */
    Archive(Database database, Runnable keepingChanged) {
        this.database = database;
        this.keepingChanged = keepingChanged;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Finds out whether anything can be saved, and logs it if not. */
    void open() {
        flushAfter(Duration.ZERO);
    }

    /** Adds what is archived to the notebook, later if it cannot be read now. */
    void fetch(Notebook book) {
        if (ask(client -> fill(client, book)).isEmpty()) {
            keep(book);
        }
    }

    /** Ids of the steps that a learner has passed, by lesson; none if they cannot be read now. */
    Map<String, Set<String>> passed(String learner) {
        return ask(client -> ProgressTables.passed(client, learner)).orElse(Map.of());
    }

    /** Saves a notebook that has changed. */
    synchronized void keep(Notebook book) {
        var _ = waiting.putLast(book.key(), book);
        if (waiting.size() > MOST_WAITING) {
            var _ = waiting.pollFirstEntry();
            if (!forgetful) {
                log.error("More than {} notebooks are waiting to be written; the oldest are dropped.", MOST_WAITING);
            }
            forgetful = true;
        }
        flushAfter(failure == null ? Duration.ZERO : PAUSE);
    }

    private synchronized void flushAfter(Duration pause) {
        if (!due && !thread.isShutdown()) {
            due = true;
            var _ = thread.schedule(this::flush, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private <T> Optional<T> ask(Function<JdbcClient, T> question) {
        Duration patience = failure == null ? PATIENCE : LITTLE_PATIENCE;
        try {
            return Optional.of(CompletableFuture.supplyAsync(() -> database.read(question), thread)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (CompletionException e) {
            failed(e.getCause() instanceof TimeoutException silence ? silent(silence) : e.getCause());
        } catch (RejectedExecutionException e) {
            log.debug("the server stops", e);
        }
        return Optional.empty();
    }

    private static StorageException silent(@Nullable TimeoutException e) {
        return new StorageException("The disk with the lab's data does not answer.", e);
    }

    private void flush() {
        synchronized (this) {
            due = false;
        }
        try {
            do {
                writeNext();
            } while (waiting() > 0);
            succeeded();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** A disk may hang without an error. That is reported as a failure, too. */
    private void writeNext() {
        var alarm = CompletableFuture.runAsync(
                () -> failed(silent(null)),
                CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        try {
            write(next());
        } finally {
            alarm.cancel(false);
        }
    }

    private synchronized List<Notebook> next() {
        return waiting.values().stream().limit(MOST_AT_ONCE).toList();
    }

    private void write(List<Notebook> books) {
        try {
            remove(database.write(client -> write(client, books)));
        } catch (DataIntegrityViolationException e) {
            if (books.size() > 1) {
                books.forEach(book -> write(List.of(book)));
            } else {
                log.error(
                        "what was achieved in {} does not fit into the database",
                        books.getFirst().key(),
                        e);
                remove(Map.of(books.getFirst(), books.getFirst().progress()));
            }
        }
    }

    /** Returns what was written of each. */
    private static Map<Notebook, Progress> write(JdbcClient client, List<Notebook> books) {
        Map<Notebook, Progress> written = new LinkedHashMap<>();
        ProgressTables.touch(client);
        for (Notebook book : books) {
            if (!book.isWhole()) {
                var _ = fill(client, book);
            }
            Progress progress = book.progress();
            ProgressTables.write(client, book.key(), progress);
            written.put(book, progress);
        }
        return written;
    }

    private static boolean fill(JdbcClient client, Notebook book) {
        book.found(ProgressTables.read(client, book.key()));
        return true;
    }

    /** Removes those that have not changed since. */
    private synchronized void remove(Map<Notebook, Progress> written) {
        written.forEach((book, progress) -> {
            if (book.progress().equals(progress)) {
                var _ = waiting.remove(book.key(), book);
            }
        });
    }

    private void failed(@Nullable Throwable cause) {
        String reason = cause instanceof StorageException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
        boolean isNew;
        synchronized (this) {
            isNew = failure == null;
            failure = isNew ? new Failure(Instant.now(), reason) : failure;
        }
        flushAfter(PAUSE);
        if (isNew) {
            log.error(
                    "{} Lessons go on; how far learners come is kept in memory, and written as soon as that is possible.",
                    reason,
                    cause instanceof StorageException ? null : cause);
            keepingChanged.run();
        }
    }

    private void succeeded() {
        Failure over;
        synchronized (this) {
            over = failure;
            failure = null;
            forgetful = false;
        }
        if (over != null) {
            log.info("Learners' progress is saved on disk again, after it could not be since {}.", over.since);
            keepingChanged.run();
        }
    }

    /** Waits some seconds for what can still be written. */
    @Override
    public void close() {
        synchronized (this) {
            thread.execute(this::flush);
            thread.execute(database::close);
            thread.shutdown();
        }
        boolean ended = false;
        try {
            ended = thread.awaitTermination(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended || waiting() > 0) {
            log.error("What learners achieved in {} lessons could not be written, and is lost.", waiting());
        }
    }
}
