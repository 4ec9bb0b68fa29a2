package dev.nslab.catalogue;

import dev.nslab.catalogue.Manuscript.Chapter;
import dev.nslab.lesson.Block;
import dev.nslab.lesson.Expression;
import dev.nslab.lesson.Expressions;
import dev.nslab.lesson.Expressions.Result;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Language;
import dev.nslab.lesson.LocalizedText;
import dev.nslab.lesson.Passage;
import dev.nslab.lesson.Step;
import dev.nslab.lesson.Step.Prediction;
import dev.nslab.lesson.Step.Quiz;
import dev.nslab.lesson.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the steps of a lesson from what its Markdown says, in both languages at once. */
final class StepReader {

    private final Set<String> known;
    private final Expressions expressions;
    private final Faults faults;
    private final SequencedSet<String> shown = new LinkedHashSet<>();
    private final Set<String> questions = new HashSet<>();

    /** @param known ids of the lesson's checks */
    StepReader(Set<String> known, Expressions expressions, Faults faults) {
        this.known = known;
        this.expressions = expressions;
        this.faults = faults;
    }

    /** Checks of all steps that were read, in their order. */
    SequencedSet<String> shown() {
        return shown;
    }

    Step read(String id, Chapter english, Chapter chinese) {
        List<SourceBlock> first = acting(english);
        List<SourceBlock> second = acting(chinese);
        boolean same = compare(first, second, chinese);
        List<String> checks = checks(first);
        List<Prediction> predictions = new ArrayList<>();
        List<Quiz> quizzes = new ArrayList<>();
        for (int index = 0; same && index < first.size(); index++) {
            switch (first.get(index)) {
                case SourceBlock.Predicts one ->
                    addPrediction(one, (SourceBlock.Predicts) second.get(index), predictions);
                case SourceBlock.Asks one -> quizzes.add(quiz(one, (SourceBlock.Asks) second.get(index)));
                case SourceBlock.Checks _, SourceBlock.Told _, SourceBlock.Runs _ -> {}
            }
        }
        List<Expression> values = new ArrayList<>();
        Stream.concat(english.parts().stream(), chinese.parts().stream()).forEach(part -> addValues(part, values));
        return new Step(id, checks, predictions, quizzes, values);
    }

    private static List<SourceBlock> acting(Chapter chapter) {
        return chapter.parts().stream()
                .filter(part -> !(part instanceof SourceBlock.Told))
                .toList();
    }

    /** Whether both languages have the same blocks. */
    private boolean compare(List<SourceBlock> english, List<SourceBlock> chinese, Chapter chapter) {
        for (int index = 0; index < Math.max(english.size(), chinese.size()); index++) {
            String wanted = index < english.size() ? signature(english.get(index)) : "no more blocks";
            String found = index < chinese.size() ? signature(chinese.get(index)) : "no more blocks";
            if (!wanted.equals(found)) {
                Passage place = index < chinese.size() ? chinese.get(index).where() : chapter.heading();
                faults.add(
                        place,
                        "the blocks of this step are not those of " + Language.ENGLISH.fileName() + ": there it has "
                                + wanted + ", here " + found);
                return false;
            }
        }
        return true;
    }

    /** The parts of a block that must be equal in all languages. */
    private static String signature(SourceBlock part) {
        return switch (part) {
            case SourceBlock.Told _ -> "prose";
            case SourceBlock.Checks checks -> "check " + checks.block().id();
            case SourceBlock.Runs runs ->
                "run terminal=" + runs.block().terminal() + (runs.block().interrupt() ? " interrupt" : "");
            case SourceBlock.Predicts predicts ->
                "predict id=" + predicts.block().id()
                        + (predicts.after() == null ? "" : " after=" + predicts.after()) + " with "
                        + predicts.block().choices().size() + " choices"
                        // A choice is identified by its position, and may have different words in each language.
                        + (predicts.block().choices().isEmpty()
                                ? " answer=" + predicts.answer().text()
                                : "");
            case SourceBlock.Asks asks ->
                "quiz id=" + asks.block().id() + " with "
                        + asks.block().choices().size() + " choices, right are " + asks.right();
        };
    }

    private List<String> checks(List<SourceBlock> parts) {
        List<String> checks = new ArrayList<>();
        for (SourceBlock part : parts) {
            if (part instanceof SourceBlock.Checks block) {
                String id = block.block().id();
                if (!known.contains(id)) {
                    faults.add(part.where(), "there is no check \"" + id + "\" in lesson.yaml");
                } else if (!shown.add(id)) {
                    faults.add(part.where(), "the check \"" + id + "\" is shown already, further up");
                } else {
                    checks.add(id);
                }
            }
        }
        return checks;
    }

    private void addPrediction(
            SourceBlock.Predicts english, SourceBlock.Predicts chinese, List<Prediction> predictions) {
        Block.Predict block = english.block();
        isNew(block.id(), english);
        String after = english.after();
        if (after != null && !shown.contains(after)) {
            faults.add(english.where(), "after=" + after + ": there is no such check in this step or before it");
        }
        Expression answer = expressions.compile(english.answer(), shown, Result.TEXT, faults);
        List<LocalizedText> choices = IntStream.range(0, block.choices().size())
                .mapToObj(index -> new LocalizedText(
                        block.choices().get(index), chinese.block().choices().get(index)))
                .toList();
        Expression other = expressions.compile(chinese.answer(), shown, Result.TEXT, faults);
        if (answer != null && other != null) {
            predictions.add(new Prediction(block.id(), after, answer, other, choices));
        }
    }

    private Quiz quiz(SourceBlock.Asks english, SourceBlock.Asks chinese) {
        isNew(english.block().id(), english);
        String first = english.explanation();
        String second = chinese.explanation();
        if ((first == null) != (second == null)) {
            faults.add(chinese.where(), "this quiz has an explanation (> …) in one language only");
        }
        LocalizedText explanation = first == null || second == null ? null : new LocalizedText(first, second);
        return new Quiz(english.block().id(), english.block().choices().size(), english.right(), explanation);
    }

    private void isNew(String id, SourceBlock part) {
        if (!questions.add(id)) {
            faults.add(part.where(), "there is another question with id=" + id);
        }
    }

    private void addValues(SourceBlock part, List<Expression> values) {
        Passage source = part.block() instanceof Block.Prose
                ? part.where()
                : part.where().below(1);
        if (!(part instanceof SourceBlock.Runs)) {
            Template.placeholders(source)
                    .forEach(found -> faults.add(found, "{{placeholders}} are filled in run blocks only"));
            return;
        }
        Template template = expressions.template(source, shown, faults);
        if (template != null) {
            values.addAll(template.expressions());
        }
    }
}
