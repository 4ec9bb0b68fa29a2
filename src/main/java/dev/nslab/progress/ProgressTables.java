package dev.nslab.progress;

import dev.nslab.progress.Progress.Choice;
import dev.nslab.progress.Progress.Prediction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Progress in the tables of the database. */
final class ProgressTables {

    private ProgressTables() {}

    /** Ids of the steps that a learner has passed, by lesson. */
    static Map<String, Set<String>> passed(JdbcClient client, String learner) {
        return client
                .sql("SELECT lesson, step FROM passed_step WHERE learner = :learner")
                .param("learner", learner)
                .query((row, _) -> Map.entry(row.getString("lesson"), row.getString("step")))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /** Changes nothing, but fails if nothing can be changed. */
    static void touch(JdbcClient client) {
        client.sql("UPDATE progress SET place = place WHERE FALSE").update();
    }

    static Progress read(JdbcClient client, Notebook.Key key) {
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

    private static StatementSpec select(JdbcClient client, Notebook.Key key, String what) {
        return client.sql(what + " WHERE learner = :learner AND lesson = :lesson")
                .param("learner", key.learner())
                .param("lesson", key.lesson());
    }

    /** Writes all of it again: it has a few dozen rows, and changes a few dozen times in a lesson. */
    static void write(JdbcClient client, Notebook.Key key, Progress progress) {
        select(client, key, "DELETE FROM progress").update();
        insert(client, "progress", key, progress.place(), Instant.now().atOffset(ZoneOffset.UTC));
        progress.passed().forEach(step -> insert(client, "passed_step", key, step));
        progress.met().forEach(check -> insert(client, "met_check", key, check));
        progress.predictions()
                .forEach((name, given) -> insert(client, "prediction", key, name, given.answer(), given.truth()));
        progress.quizzes()
                .forEach((name, choice) ->
                        insert(client, "quiz_answer", key, name, text(choice.answer()), choice.right()));
    }

    private static void insert(JdbcClient client, String table, Notebook.Key key, @Nullable Object... values) {
        StatementSpec statement =
                client.sql("INSERT INTO " + table + " VALUES (?, ?" + ", ?".repeat(values.length) + ")");
        statement = statement.param(key.learner()).param(key.lesson());
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
