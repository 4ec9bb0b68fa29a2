package dev.nslab.catalogue;

import dev.nslab.catalogue.Manuscript.Chapter;
import dev.nslab.lesson.Block;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/** Reads a Markdown file of a lesson: title, summary, and a chapter for each heading of the second level. */
final class MarkdownFile {

    private static final Set<String> ACTING = Set.of("run", "check", "predict", "hint", "quiz");

    private final Markdown markdown;
    private final Passage file;
    private final Faults faults;
    private final SourceBlockReader parts;
    private final List<SourceBlock> preface = new ArrayList<>();
    private final List<Chapter> chapters = new ArrayList<>();
    private final StringBuilder prose = new StringBuilder();
    private Passage proseSource;
    private @Nullable String title;
    private @Nullable String summary;

    private MarkdownFile(Passage file, Markdown markdown, Faults faults) {
        this.file = file;
        this.proseSource = file;
        this.markdown = markdown;
        this.faults = faults;
        this.parts = new SourceBlockReader(markdown, faults);
    }

    /** Whether the block has a function on the page, and is not just text. */
    static boolean isActing(FencedCodeBlock block) {
        return ACTING.contains(firstWord(block));
    }

    private static String firstWord(FencedCodeBlock block) {
        String info = block.getInfo() == null ? "" : block.getInfo().strip();
        return info.split("\\s", 2)[0];
    }

    static Manuscript read(Passage file, Markdown markdown, Faults faults) {
        return new MarkdownFile(file, markdown, faults).read();
    }

    private Manuscript read() {
        Node document = markdown.parse(file.text());
        markdown.inspect(document, file, faults);
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            read(node);
        }
        endProse();
        if (title == null) {
            faults.add(file, "the file must begin with a title: # Title");
        } else if (summary == null) {
            faults.add(file, "a paragraph that says what the lesson is about must follow the title");
        }
        if (!chapters.isEmpty()) {
            chapters.getFirst().parts().addAll(0, preface);
        }
        return new Manuscript(title == null ? "" : title, summary == null ? "" : summary, chapters);
    }

    private void read(Node node) {
        switch (node) {
            case Heading heading when heading.getLevel() == 1 -> readTitle(heading);
            case Heading heading
            when heading.getLevel() == 2 -> {
                endProse();
                Passage place = Markdown.place(heading, file);
                chapters.add(new Chapter(place.with(Markdown.plain(heading)), new ArrayList<>()));
            }
            case Paragraph paragraph
            when title != null && summary == null && chapters.isEmpty() -> summary = Markdown.plain(paragraph);
            case FencedCodeBlock block
            when isActing(block) -> {
                endProse();
                SourceBlock part = parts.read(block, Markdown.place(block, file));
                if (chapters.isEmpty()) {
                    faults.add(part.where(), "a block that acts must stand below a ## heading: it belongs to a step");
                } else {
                    current().add(part);
                }
            }
            default -> addProse(node);
        }
    }

    private void addProse(Node node) {
        Passage place = Markdown.place(node, file);
        proseSource = prose.isEmpty() ? place.with("") : proseSource;
        prose.append(markdown.html(node));
        proseSource = proseSource.with(proseSource.text() + Markdown.source(node, file));
    }

    private void readTitle(Heading heading) {
        if (title != null || !prose.isEmpty() || !chapters.isEmpty()) {
            faults.add(Markdown.place(heading, file), "there must be one # title, at the beginning");
        }
        title = Markdown.plain(heading);
    }

    private void endProse() {
        if (!prose.isEmpty()) {
            current().add(new SourceBlock.Told(new Block.Prose(prose.toString()), proseSource));
            prose.setLength(0);
        }
    }

    private List<SourceBlock> current() {
        return chapters.isEmpty() ? preface : chapters.getLast().parts();
    }
}
