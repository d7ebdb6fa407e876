package dev.holdfast.documentation.html;

import dev.holdfast.documentation.block.Fence;
import dev.holdfast.documentation.link.Destination;
import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** The parts of a text that we write otherwise than commonmark does. */
final class PartRenderer implements NodeRenderer {
    private final Page page;
    private final Links links;
    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;

    PartRenderer(Page page, Links links, HtmlNodeRendererContext context) {
        this.page = page;
        this.links = links;
        this.context = context;
        this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(
                Heading.class,
                Link.class,
                FencedCodeBlock.class,
                IndentedCodeBlock.class,
                HtmlBlock.class,
                WideBlock.class);
    }

    @Override
    public void render(Node node) {
        if (node instanceof Heading heading) {
            heading(heading);
        } else if (node instanceof Link link) {
            link(link);
        } else if (node instanceof FencedCodeBlock block) {
            code(Fence.parse(block.getInfo() == null ? "" : block.getInfo()), block.getLiteral());
        } else if (node instanceof IndentedCodeBlock block) {
            code(Fence.parse("text"), block.getLiteral());
        } else if (node instanceof WideBlock) {
            wide(node);
        } // a comment is for the test
    }

    private void heading(Heading heading) {
        String tag = "h" + heading.getLevel();
        String id = page.anchors().get(heading);
        html.line();
        html.tag(tag, Map.of("id", id));
        children(heading);
        if (heading.getLevel() > 1) {
            html.raw(" ");
            html.tag("a", ordered("class", "anchor", "href", "#" + id, "aria-label", "Link to this section"));
            html.text("#");
            html.tag("/a");
        }
        html.tag("/" + tag);
        html.line();
    }

    private void link(Link link) {
        Destination to = links.follow(page, link.getDestination());
        switch (to.kind()) {
            case PAGE, FILE -> tagged("a", Map.of("href", to.href()), link);
            case WORLD -> tagged("a", ordered("href", to.href(), "rel", "noreferrer"), link);
            // not an address: the site does not know where its reader has the sources
            case SOURCE -> tagged("span", ordered("class", "source", "title", "in the sources: " + to.what()), link);
            case BROKEN -> throw new IllegalStateException(page.source() + ": " + to.what());
        }
    }

    private void tagged(String tag, Map<String, String> attributes, Node node) {
        html.tag(tag, attributes);
        children(node);
        html.tag("/" + tag);
    }

    private void code(Fence fence, String text) {
        html.line();
        html.tag("div", ordered("class", fence.commands() ? "code commands" : fence.output() ? "code output" : "code"));
        if (fence.output()) {
            html.tag("p", Map.of("class", "note"));
            html.text("It prints:");
            html.tag("/p");
        }
        if (!fence.reason().isEmpty()) {
            html.tag("p", ordered("class", "note no-run"));
            html.text("Not run by the test: " + fence.reason());
            html.tag("/p");
        }
        // it may scroll, so it can be reached by keyboard
        html.tag("pre", ordered("tabindex", "0"));
        html.tag("code");
        html.text(text);
        html.tag("/code");
        html.tag("/pre");
        html.tag("/div");
        html.line();
    }

    private void wide(Node node) {
        html.line();
        html.tag("div", ordered("class", "wide", "tabindex", "0", "role", "group", "aria-label", "Table"));
        children(node);
        html.tag("/div");
        html.line();
    }

    private void children(Node node) {
        Node child = node.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            context.render(child);
            child = next;
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
