package dev.nslab.catalogue;

import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Passage;
import java.util.List;
import java.util.Locale;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown (CommonMark, with tables) to HTML that can hold no script: raw HTML is escaped, dangerous links are emptied. */
final class Markdown {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final List<String> SCHEMES = List.of("http:", "https:", "mailto:");

    private final Parser parser = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(50)
            .build();
    private final HtmlRenderer html = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    Node parse(String markdown) {
        return parser.parse(markdown);
    }

    /** Renders one block. */
    String html(Node node) {
        return html.render(node);
    }

    /** Renders all of it. */
    String html(Passage source, Faults faults) {
        Node document = parse(source.text());
        inspect(document, source, faults);
        return html.render(document);
    }

    /** Its text without markup. */
    static String plain(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak end) {
                words.append(' ');
            }
        });
        return words.toString().strip();
    }

    /** The place of a block in the file, from that of the text that was parsed. */
    static Passage place(Node node, Passage source) {
        Node block = node;
        while (block != null && !(block instanceof Block)) {
            block = block.getParent();
        }
        boolean known = block != null && !block.getSourceSpans().isEmpty();
        return known ? source.below(block.getSourceSpans().getFirst().getLineIndex()) : source;
    }

    /** What the author wrote for a block. */
    static String source(Node block, Passage file) {
        StringBuilder source = new StringBuilder();
        for (SourceSpan span : block.getSourceSpans()) {
            source.append(file.text(), span.getInputIndex(), span.getInputIndex() + span.getLength())
                    .append('\n');
        }
        return source.toString();
    }

    /** Reports markup that would not be shown as the author means it. */
    void inspect(Node tree, Passage source, Faults faults) {
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlBlock node) {
                faults.add(place(node, source), "HTML is not rendered: " + start(node.getLiteral()));
            }

            @Override
            public void visit(HtmlInline node) {
                faults.add(
                        place(node, source),
                        "HTML is not rendered: " + node.getLiteral()
                                + " (put it between backticks to show it as it is)");
            }

            @Override
            public void visit(Image node) {
                faults.add(place(node, source), "pictures cannot be shown: " + node.getDestination());
            }

            @Override
            public void visit(Link node) {
                if (!isAllowed(node.getDestination())) {
                    faults.add(place(node, source), "this kind of link is not allowed: " + node.getDestination());
                }
                visitChildren(node);
            }

            @Override
            public void visit(FencedCodeBlock node) {
                if (MarkdownFile.isActing(node) && !(node.getParent() instanceof Document)) {
                    faults.add(place(node, source), "a block that acts cannot stand inside a list or a quotation");
                }
            }
        });
    }

    private static boolean isAllowed(String destination) {
        String lower = destination.toLowerCase(Locale.ROOT).strip();
        boolean isRelative = lower.indexOf(':') < 0;
        return isRelative || SCHEMES.stream().anyMatch(lower::startsWith);
    }

    private static String start(String literal) {
        return literal.lines().findFirst().orElse("");
    }
}
