package dev.nslab.catalogue;

import dev.nslab.lesson.Block;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/** Reads the fenced blocks that have a function. */
final class SourceBlockReader {

    private static final Pattern RUN = Pattern.compile("run((?:\\s+(?:terminal=[1-8]|interrupt))*)");
    private static final Pattern CHECK = Pattern.compile("check\\s+(\\S+)");
    /** The answer may contain spaces; the other attributes come before or after it. */
    private static final Pattern PREDICT =
            Pattern.compile("predict((?:\\s+(?:id|after)=[\\w-]+)*)\\s+answer=(.+?)((?:\\s+(?:id|after)=[\\w-]+)*)");

    private static final Pattern ID = Pattern.compile("\\sid=([a-z][A-Za-z0-9_-]*)");
    private static final Pattern AFTER = Pattern.compile("\\safter=(\\S+)");
    private static final Pattern QUIZ = Pattern.compile("quiz\\s+id=([a-z][A-Za-z0-9_-]*)");
    private static final Pattern TERMINAL = Pattern.compile("terminal=([1-8])");
    private static final Pattern BOX = Pattern.compile("^\\[([ xX])]\\s+");

    private final Markdown markdown;
    private final Faults faults;

    SourceBlockReader(Markdown markdown, Faults faults) {
        this.markdown = markdown;
        this.faults = faults;
    }

    SourceBlock read(FencedCodeBlock block, Passage where) {
        String info = block.getInfo().strip();
        Passage body = where.with(block.getLiteral());
        return switch (info.split("\\s", 2)[0]) {
            case "run" -> run(info, body, where);
            case "check" -> check(info, body);
            case "predict" -> predict(info, body);
            case "quiz" -> quiz(info, body);
            default -> new SourceBlock.Told(new Block.Hint(markdown.html(body.below(1), faults)), body);
        };
    }

    private Matcher match(Pattern pattern, String info, Passage where, String wanted) {
        Matcher matcher = pattern.matcher(info);
        if (!matcher.matches()) {
            faults.add(where, "\"" + info + "\" must be: " + wanted);
        }
        return matcher;
    }

    private SourceBlock run(String info, Passage body, Passage where) {
        match(RUN, info, where, "run, run terminal=2 or run terminal=1 interrupt");
        Matcher terminal = TERMINAL.matcher(info);
        int number = terminal.find() ? Integer.parseInt(terminal.group(1)) : 1;
        boolean interrupt = info.contains(" interrupt");
        String text = body.text().stripTrailing();
        if (text.isEmpty() && !interrupt) {
            faults.add(where, "there is nothing to type in this run block");
        }
        return new SourceBlock.Runs(new Block.Run(number, text, interrupt), body);
    }

    private SourceBlock check(String info, Passage body) {
        Matcher matcher = match(CHECK, info, body, "check NAME");
        String id = matcher.matches() ? matcher.group(1) : "";
        return new SourceBlock.Checks(new Block.Check(id, markdown.html(body.below(1), faults)), body);
    }

    private SourceBlock predict(String info, Passage body) {
        String wanted = "predict id=NAME answer=CEL, or predict id=NAME after=CHECK answer=CEL, in any order";
        Matcher matcher = match(PREDICT, info, body, wanted);
        boolean matches = matcher.matches();
        String others = matches ? matcher.group(1) + matcher.group(3) : "";
        Matcher id = ID.matcher(others);
        Matcher after = AFTER.matcher(others);
        boolean named = id.find();
        if (matches && !named) {
            faults.add(body, "\"" + info + "\" must be: " + wanted);
        }
        Question question = question(body);
        List<String> choices = question.choices.stream().map(Markdown::plain).toList();
        return new SourceBlock.Predicts(
                new Block.Predict(named ? id.group(1) : "", question.html, choices),
                body,
                after.find() ? after.group(1) : null,
                body.with(matches ? matcher.group(2).strip() : ""));
    }

    private SourceBlock quiz(String info, Passage body) {
        Matcher matcher = match(QUIZ, info, body, "quiz id=NAME");
        Question question = question(body);
        Set<Integer> right = new TreeSet<>();
        for (Node choice : question.choices) {
            if (isTicked(choice, body)) {
                right.add(question.choices.indexOf(choice));
            }
        }
        if (right.isEmpty()) {
            faults.add(body, "a quiz needs a list of choices, with \"- [x]\" before each that is right");
        }
        Block.Quiz quiz = new Block.Quiz(
                matcher.matches() ? matcher.group(1) : "",
                question.html,
                question.choices.stream().map(this::content).toList(),
                right.size() > 1);
        return new SourceBlock.Asks(
                quiz, body, right, question.explanation.isEmpty() ? null : question.explanation.toString());
    }

    private static final class Question {
        private String html = "";
        private final List<Node> choices = new ArrayList<>();
        private final StringBuilder explanation = new StringBuilder();
    }

    /** Prose with a list of choices and with quotations that explain. */
    private Question question(Passage body) {
        Question question = new Question();
        Node document = markdown.parse(body.text());
        markdown.inspect(document, body.below(1), faults);
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case ListBlock list when question.choices.isEmpty() -> addItems(list, question);
                case BlockQuote quote -> question.explanation.append(content(quote));
                default -> question.html += markdown.html(node);
            }
        }
        if (question.html.isEmpty()) {
            faults.add(body, "the question is missing");
        }
        return question;
    }

    private static void addItems(ListBlock list, Question question) {
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            question.choices.add(item);
        }
    }

    private String content(Node container) {
        StringBuilder html = new StringBuilder();
        for (Node node = container.getFirstChild(); node != null; node = node.getNext()) {
            html.append(markdown.html(node));
        }
        return html.toString();
    }

    /** Removes the box from the choice. */
    private boolean isTicked(Node choice, Passage body) {
        if (choice.getFirstChild() instanceof Paragraph paragraph && paragraph.getFirstChild() instanceof Text text) {
            Matcher box = BOX.matcher(text.getLiteral());
            if (box.find()) {
                text.setLiteral(text.getLiteral().substring(box.end()));
                return !box.group(1).isBlank();
            }
        }
        faults.add(Markdown.place(choice, body.below(1)), "each choice of a quiz begins with \"[x] \" or \"[ ] \"");
        return false;
    }
}
