package dev.holdfast.documentation.html;

import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.renderer.html.HtmlRenderer;

/** The text of a page as HTML. */
public final class TextRenderer {
    private final Links links;

    /** Links are followed by {@code links}. */
    public TextRenderer(Links links) {
        this.links = links;
    }

    /** Renders the text between the frame's parts. */
    public String render(Page page) {
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                if (node instanceof TableCell cell && cell.getFirstChild() == null) {
                    cell.setHeader(false); // a header without words says nothing to a screen reader
                }
                visitChildren(node);
            }

            @Override
            public void visit(CustomBlock block) {
                if (block instanceof TableBlock && !(block.getParent() instanceof WideBlock)) {
                    WideBlock wide = new WideBlock();
                    block.insertBefore(wide);
                    wide.appendChild(block);
                }
                visitChildren(block);
            }
        });
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .escapeHtml(true)
                .nodeRendererFactory(context -> new PartRenderer(page, links, context))
                .build()
                .render(page.document());
    }
}
