package dev.nslab.catalogue;

import dev.nslab.lesson.Action;
import dev.nslab.lesson.Check;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Expressions.Result;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.LocalizedTemplate;
import dev.nslab.lesson.Move;
import dev.nslab.lesson.Passage;
import dev.nslab.lesson.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the checks of a lesson.yaml that its schema allows. */
final class CheckReader {

    /** Words that CEL uses or reserves. */
    private static final Pattern RESERVED =
            Pattern.compile("true|false|null|in|as|break|const|continue|else|for|function|if"
                    + "|import|let|loop|package|namespace|return|var|void|while|int|uint|double|bool"
                    + "|string|bytes|list|type|timestamp|duration|dyn");

    private final YamlFile yaml;
    private final Expressions expressions;
    private final Faults faults;

    CheckReader(YamlFile yaml, Expressions expressions, Faults faults) {
        this.yaml = yaml;
        this.expressions = expressions;
        this.faults = faults;
    }

    /** The valid checks, in the order of the file. */
    SequencedMap<String, Check> read() {
        SequencedMap<String, Check> checks = new LinkedHashMap<>();
        Set<String> names = Set.copyOf(yaml.json().path("checks").propertyNames());
        for (String id : yaml.json().path("checks").propertyNames()) {
            Check check = new One(id, names).read();
            if (check != null) {
                checks.put(id, check);
            }
        }
        return checks;
    }

    /** Reads one. */
    private final class One {

        private final String id;
        private final String place;
        private final Set<String> names;
        private final List<String> needs = new ArrayList<>();
        private final Set<String> hints = new HashSet<>();

        One(String id, Set<String> names) {
            this.id = id;
            this.place = "/checks/" + id;
            this.names = names;
        }

        @Nullable
        Check read() {
            if (Expressions.VARIABLES.contains(id) || RESERVED.matcher(id).matches()) {
                faults.add(
                        yaml.at(place),
                        "a check cannot be named \"" + id + "\": that name has a meaning in expressions");
                return null;
            }
            readNeeds();
            boolean finds = has("find");
            if (finds == has("when")) {
                faults.add(yaml.at(place), "the check \"" + id + "\" needs either \"find\" or \"when\"");
                return null;
            }
            Expression expression =
                    finds ? compile(place + "/find", Result.PROCESSES) : compile(place + "/when", Result.TRUTH);
            LocalizedTemplate observed = has("observed") ? words(place + "/observed") : null;
            List<Check.Hint> advice = list(place + "/hints").stream()
                    .map(this::hint)
                    .filter(Objects::nonNull)
                    .toList();
            List<Action> solve = play(place + "/solve");
            List<Move> moves = new ArrayList<>();
            list(place + "/also").forEach(where -> moves.add(move(where, true, play(where), null)));
            list(place + "/wrong").forEach(where -> moves.add(wrong(where)));
            boolean lasting = !yaml.at(place + "/mode").text().equals("level");
            return expression == null
                    ? null
                    : new Check(id, expression, finds, List.copyOf(needs), lasting, observed, advice, solve, moves);
        }

        private boolean has(String field) {
            return yaml.json().at(place).has(field);
        }

        private List<String> list(String where) {
            List<String> places = new ArrayList<>();
            for (int index = 0; index < yaml.json().at(where).size(); index++) {
                places.add(where + "/" + index);
            }
            return places;
        }

        private void readNeeds() {
            for (String item : list(place + "/needs")) {
                Passage need = yaml.at(item);
                if (names.contains(need.text()) && !need.text().equals(id)) {
                    needs.add(need.text());
                } else {
                    faults.add(
                            need,
                            "\"" + id + "\" needs \"" + need.text() + "\", which is no other check of this lesson");
                }
            }
        }

        private @Nullable Expression compile(String where, Result wanted) {
            return expressions.compile(yaml.at(where), needs, wanted, faults);
        }

        private Check.@Nullable Hint hint(String where) {
            Expression when = compile(where + "/when", Result.TRUTH);
            LocalizedTemplate text = words(where + "/text");
            Passage name = yaml.at(where + "/id");
            boolean named = !name.text().isEmpty();
            if (named && !hints.add(name.text())) {
                faults.add(name, "the check \"" + id + "\" has two hints with this id: " + name.text());
            }
            return when == null || text == null ? null : new Check.Hint(named ? name.text() : null, when, text);
        }

        private Move wrong(String where) {
            Passage hint = yaml.at(where + "/hint");
            boolean named = !hint.text().isEmpty();
            if (named && !hints.contains(hint.text())) {
                faults.add(hint, "the check \"" + id + "\" has no hint with this id: " + hint.text());
            }
            return move(where, false, play(where + "/play"), named ? hint.text() : null);
        }

        private Move move(String where, boolean right, List<Action> play, @Nullable String hint) {
            Passage passage = yaml.at(where);
            return new Move(id, right, play, hint, passage.file(), passage.line());
        }

        private List<Action> play(String where) {
            return list(where).stream()
                    .map(this::action)
                    .filter(Objects::nonNull)
                    .toList();
        }

        private @Nullable LocalizedTemplate words(String where) {
            Template english = template(yaml.at(where + "/en"));
            Template chinese = template(yaml.at(where + "/zh-CN"));
            return english == null || chinese == null ? null : new LocalizedTemplate(english, chinese);
        }

        private @Nullable Template template(Passage text) {
            return expressions.template(text, needs, faults);
        }

        private @Nullable Action action(String where) {
            JsonNode item = yaml.json().at(where);
            if (item.isString()) {
                return line(1, yaml.at(where));
            }
            int kinds = (item.has("type") ? 1 : 0) + (item.has("interrupt") ? 1 : 0) + (item.has("await") ? 1 : 0);
            if (kinds != 1) {
                faults.add(yaml.at(where), "what is played has one of \"type\", \"interrupt\" and \"await\"");
                return null;
            }
            int terminal = item.path("terminal").asInt(1);
            if (item.has("await")) {
                Expression until = compile(where + "/await", Result.TRUTH);
                return until == null ? null : new Action.Await(until);
            }
            return item.has("interrupt") ? new Action.Interrupt(terminal) : line(terminal, yaml.at(where + "/type"));
        }

        private @Nullable Action line(int terminal, Passage text) {
            Template template = template(text);
            return template == null ? null : new Action.Type(terminal, template);
        }
    }
}
