package dev.nslab.lesson;

import dev.nslab.lesson.Progress.Choice;
import dev.nslab.lesson.Progress.Prediction;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The progress of all learners in all lessons. */
@Component
class Notebooks {

    private record Key(String learner, String lesson) {}

    private final Database database;

    /** Those in use: all attempts of a learner at a lesson share one. */
    private final Map<Key, WeakReference<Notebook>> open = new ConcurrentHashMap<>();

    Notebooks(Database database) {
        this.database = database;
    }

    Notebook get(String learner, String lesson) {
        Key key = new Key(learner, lesson);
        Notebook[] found = new Notebook[1];
        open.values().removeIf(book -> book.refersTo(null));
        open.compute(key, (_, known) -> {
            Notebook book = known == null ? null : known.get();
            found[0] = book == null ? read(key) : book;
            return new WeakReference<>(found[0]);
        });
        return found[0];
    }

    private Notebook read(Key key) {
        Progress progress = database.call(client -> progress(client, key));
        return new Notebook(progress, changed -> {
            var _ = database.call(client -> write(client, key, changed));
        });
    }

    /** Ids of the steps that a learner has passed, by lesson. */
    Map<String, Set<String>> passed(String learner) {
        return database.call(client -> client
                .sql("SELECT lesson, step FROM passed_step WHERE learner = :learner")
                .param("learner", learner)
                .query((row, _) -> Map.entry(row.getString("lesson"), row.getString("step")))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    }

    private static Progress progress(JdbcClient client, Key key) {
        Set<String> passed = Set.copyOf(select(client, key, "SELECT step FROM passed_step")
                .query(String.class)
                .list());
        Set<String> met = Set.copyOf(select(client, key, "SELECT name FROM met_check")
                .query(String.class)
                .list());
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        select(client, key, "SELECT name, answer, truth FROM prediction").query(row -> {
            predictions.put(row.getString("name"), new Prediction(row.getString("answer"), row.getString("truth")));
        });
        Map<String, Choice> quizzes = new LinkedHashMap<>();
        select(client, key, "SELECT name, answer, correct FROM quiz_answer").query(row -> {
            quizzes.put(row.getString("name"), new Choice(indices(row.getString("answer")), row.getBoolean("correct")));
        });
        String place = select(client, key, "SELECT COALESCE(place, '') FROM progress")
                .query(String.class)
                .optional()
                .orElse("");
        return new Progress(place.isEmpty() ? null : place, passed, met, predictions, quizzes);
    }

    private static StatementSpec select(JdbcClient client, Key key, String what) {
        return client.sql(what + " WHERE learner = :learner AND lesson = :lesson")
                .param("learner", key.learner)
                .param("lesson", key.lesson);
    }

    /** All of it anew: it is some dozens of rows, and changes some dozens of times a lesson. */
    private static boolean write(JdbcClient client, Key key, Progress progress) {
        select(client, key, "DELETE FROM progress").update();
        insert(client, "progress", key, progress.place(), Instant.now().atOffset(ZoneOffset.UTC));
        progress.passed().forEach(step -> insert(client, "passed_step", key, step));
        progress.met().forEach(check -> insert(client, "met_check", key, check));
        progress.predictions()
                .forEach((name, given) -> insert(client, "prediction", key, name, given.answer(), given.truth()));
        progress.quizzes()
                .forEach((name, choice) ->
                        insert(client, "quiz_answer", key, name, text(choice.answer()), choice.right()));
        return true;
    }

    private static void insert(JdbcClient client, String table, Key key, @Nullable Object... values) {
        StatementSpec statement =
                client.sql("INSERT INTO " + table + " VALUES (?, ?" + ", ?".repeat(values.length) + ")");
        statement = statement.param(key.learner).param(key.lesson);
        for (Object value : values) {
            statement = statement.param(value);
        }
        statement.update();
    }

    private static String text(Collection<Integer> indices) {
        return indices.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static SortedSet<Integer> indices(String text) {
        return Stream.of(text.split(",", -1))
                .filter(index -> !index.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
