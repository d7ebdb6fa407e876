package dev.holdfast.documentation;

import dev.holdfast.documentation.link.Destination;
import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * What stands beside every page. It is taken from the first page: its headings of the second level are the groups, and
 * the first link of each list item below them is a page.
 *
 * @param groups in their order
 */
record Menu(List<Group> groups) {
    /** The page that it is taken from. */
    static final String HOME = "docs/index.md";

    /**
     * Pages under one heading.
     *
     * @param title the heading
     * @param pages in their order
     */
    record Group(String title, List<Entry> pages) {}

    /**
     * A page.
     *
     * @param label what the link says
     * @param source the page's path from the root of the project
     */
    record Entry(String label, String source) {}

    static Menu of(Page home, Links links) {
        List<Group> groups = new ArrayList<>();
        home.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == 2) {
                    groups.add(new Group(label(heading), new ArrayList<>()));
                }
            }

            @Override
            public void visit(ListItem item) {
                Node first = item.getFirstChild() == null
                        ? null
                        : item.getFirstChild().getFirstChild();
                if (first instanceof Link link && !groups.isEmpty()) {
                    Destination to = links.follow(home, link.getDestination());
                    if (to.kind() == Destination.Kind.PAGE) {
                        groups.get(groups.size() - 1).pages().add(new Entry(label(link), to.what()));
                    }
                }
            }
        });
        return new Menu(
                groups.stream().filter(group -> !group.pages().isEmpty()).toList());
    }

    /** Whether a page is in it. */
    boolean has(String source) {
        return groups.stream()
                .flatMap(group -> group.pages().stream())
                .anyMatch(entry -> entry.source().equals(source));
    }

    private static String label(Node node) {
        StringBuilder label = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                label.append(text.getLiteral());
            }
        });
        return label.toString();
    }
}
