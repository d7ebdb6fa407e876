package dev.holdfast.documentation.page;

import dev.holdfast.documentation.block.PageBlocks;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown as GitHub does: CommonMark with tables. */
public final class PageReader {
    private final Parser parser = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    /** Reads one page; {@code source} is its path from the root of the project. */
    public Page read(String source, String markdown) {
        Node document = parser.parse(markdown);
        Collector collector = new Collector();
        document.accept(collector);
        collector.close();
        String title = collector.sections.isEmpty()
                ? source
                : collector.sections.get(0).title();
        return new Page(
                source,
                title,
                document,
                collector.anchors,
                List.copyOf(collector.sections),
                List.copyOf(collector.links),
                PageBlocks.of(document));
    }

    /** Cuts a page at its headings, and gathers what is between. */
    private static final class Collector extends AbstractVisitor {
        private final IdGenerator ids = IdGenerator.builder().build();
        private final Map<Heading, String> anchors = new IdentityHashMap<>();
        private final List<Section> sections = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Heading open;
        private String title;

        private String text() {
            return text.toString().replaceAll("\\s+", " ").strip();
        }

        private void close() {
            if (open != null) {
                sections.add(new Section(open.getLevel(), title, anchors.get(open), text()));
            }
            text.setLength(0);
        }

        @Override
        public void visit(Heading heading) {
            close();
            visitChildren(heading);
            open = heading;
            title = text();
            anchors.put(heading, ids.generateId(title));
            text.setLength(0);
        }

        @Override
        public void visit(Link link) {
            links.add(link);
            visitChildren(link);
        }

        @Override
        public void visit(Text node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock node) {
            text.append(' ').append(node.getLiteral()).append(' ');
        }

        @Override
        public void visit(IndentedCodeBlock node) {
            text.append(' ').append(node.getLiteral()).append(' ');
        }

        @Override
        public void visit(SoftLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(Paragraph node) {
            apart(node);
        }

        @Override
        public void visit(BlockQuote node) {
            apart(node);
        }

        @Override
        public void visit(CustomNode node) {
            apart(node); // cells of a table
        }

        private void apart(Node node) {
            visitChildren(node);
            text.append(' ');
        }
    }
}
