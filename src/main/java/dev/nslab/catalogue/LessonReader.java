package dev.nslab.catalogue;

import dev.nslab.catalogue.Manuscript.Chapter;
import dev.nslab.lesson.Check;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Language;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LessonText;
import dev.nslab.lesson.Passage;
import dev.nslab.lesson.Requirement;
import dev.nslab.lesson.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes lessons from their files, and says all that is wrong with them. For any number of threads at once. */
public final class LessonReader {

    private final LessonSchema schema = new LessonSchema();
    private final Expressions expressions = new Expressions();
    private final Markdown markdown = new Markdown();

    public Reading read(LessonFolder folder) {
        Faults faults = new Faults();
        Lesson lesson = read(folder, faults);
        return lesson != null && faults.isEmpty()
                ? new Reading.Good(lesson)
                : new Reading.Broken(folder.name(), faults.inOrder());
    }

    private @Nullable Lesson read(LessonFolder folder, Faults faults) {
        for (String file : folder.leadingOut()) {
            faults.add(
                    file,
                    "a link leads out of the folder of lessons here: copy what it leads to into the lesson's folder");
        }
        if (!faults.isEmpty()) {
            return null;
        }
        Map<Language, Manuscript> manuscripts = manuscripts(folder, faults);
        YamlFile yaml = definition(folder, faults);
        if (yaml == null || manuscripts.size() < Language.values().length || !faults.isEmpty()) {
            return null;
        }
        SequencedMap<String, Check> checks = new CheckReader(yaml, expressions, faults).read();
        List<Step> steps = steps(yaml, manuscripts, faults);
        requireOrder(yaml, steps, checks, faults);
        Map<Language, LessonText> texts = new EnumMap<>(Language.class);
        manuscripts.forEach((language, manuscript) -> texts.put(language, manuscript.text()));
        JsonNode minutes = yaml.json().path("minutes");
        return new Lesson(
                folder.name(),
                yaml.json().path("order").asInt(),
                minutes.isMissingNode() ? null : Integer.valueOf(minutes.asInt()),
                yaml.json()
                        .path("requires")
                        .valueStream()
                        .map(JsonNode::asString)
                        .map(Requirement::of)
                        .toList(),
                steps,
                checks,
                texts);
    }

    private Map<Language, Manuscript> manuscripts(LessonFolder folder, Faults faults) {
        Map<Language, Manuscript> manuscripts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            Passage file = folder.file(language.fileName());
            if (file == null) {
                faults.add(language.fileName(), "this file is missing: a lesson has one for each language");
            } else {
                manuscripts.put(language, MarkdownFile.read(file, markdown, faults));
            }
        }
        return manuscripts;
    }

    private @Nullable YamlFile definition(LessonFolder folder, Faults faults) {
        Passage file = folder.file(LessonFolder.DEFINITION);
        if (file == null) {
            faults.add(LessonFolder.DEFINITION, "this file is missing");
            return null;
        }
        YamlFile yaml = YamlFile.read(file, faults);
        if (yaml == null) {
            return null;
        }
        schema.validate(yaml, faults);
        Passage id = yaml.at("/id");
        if (faults.isEmpty() && !id.text().equals(folder.name())) {
            faults.add(id, "the id \"" + id.text() + "\" must be the folder's name, \"" + folder.name() + "\"");
        }
        return yaml;
    }

    private List<Step> steps(YamlFile yaml, Map<Language, Manuscript> manuscripts, Faults faults) {
        Set<String> known = new HashSet<>(yaml.json().path("checks").propertyNames());
        StepReader reader = new StepReader(known, expressions, faults);
        List<Chapter> english = chapters(Language.ENGLISH, yaml, manuscripts, faults);
        List<Chapter> chinese = chapters(Language.CHINESE, yaml, manuscripts, faults);
        List<Step> steps = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < Math.min(english.size(), chinese.size()); index++) {
            Passage id = yaml.at("/steps/" + index);
            if (!ids.add(id.text())) {
                faults.add(id, "there are two steps \"" + id.text() + "\"");
            }
            steps.add(reader.read(id.text(), english.get(index), chinese.get(index)));
        }
        known.removeAll(reader.shown());
        known.forEach(check -> faults.add(
                yaml.at("/checks/" + check), "no ```check " + check + "``` block shows the check \"" + check + "\""));
        return steps;
    }

    /** As many as there are steps; none if there are more or less. */
    private static List<Chapter> chapters(
            Language language, YamlFile yaml, Map<Language, Manuscript> manuscripts, Faults faults) {
        List<Chapter> chapters =
                Objects.requireNonNull(manuscripts.get(language)).chapters();
        int wanted = yaml.json().path("steps").size();
        if (chapters.size() == wanted) {
            return chapters;
        }
        faults.add(
                language.fileName(),
                "there are " + chapters.size() + " headings (## …), but lesson.yaml has " + wanted + " steps");
        return List.of();
    }

    /** A check may need what was found in its own step or before, and not what needs it in turn. */
    private static void requireOrder(YamlFile yaml, List<Step> steps, Map<String, Check> checks, Faults faults) {
        Set<String> reached = new LinkedHashSet<>();
        for (Step step : steps) {
            reached.addAll(step.checks());
            for (String id : step.checks()) {
                Check check = checks.get(id);
                Passage place = yaml.at("/checks/" + id + "/needs");
                if (check != null && !reached.containsAll(check.needs())) {
                    faults.add(place, "\"" + id + "\" needs a check that comes in a later step: " + check.needs());
                }
                if (check != null && needs(id, id, checks, new HashSet<>())) {
                    faults.add(place, "\"" + id + "\" needs itself, by way of " + check.needs());
                }
            }
        }
    }

    private static boolean needs(String id, String other, Map<String, Check> checks, Set<String> seen) {
        Check check = checks.get(id);
        return check != null
                && check.needs().stream()
                        .anyMatch(need -> need.equals(other) || (seen.add(need) && needs(need, other, checks, seen)));
    }
}
