package dev.holdfast.documentation;

import dev.holdfast.documentation.block.PageBlocks;
import dev.holdfast.documentation.link.Destination;
import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import dev.holdfast.documentation.page.Section;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Link;

/** What is wrong with the pages, each as {@code FILE:LINE: what}. No site is built while there is anything. */
final class Checks {
    private Checks() {}

    static List<String> problems(Sources sources, Links links, Menu menu) {
        List<String> problems = new ArrayList<>();
        for (Page page : sources.pages().values()) {
            page.blocks().problems().forEach(problem -> problems.add(page.source() + ":" + problem));
            for (Link link : page.links()) {
                Destination to = links.follow(page, link.getDestination());
                if (to.kind() == Destination.Kind.BROKEN) {
                    problems.add(page.source() + ":" + PageBlocks.line(link) + ": " + to.what());
                }
            }
            headings(page, problems);
            if (page.source().matches("docs/[^/]+\\.md")
                    && !page.source().equals(Menu.HOME)
                    && !menu.has(page.source())) {
                problems.add(page.source() + ":1: no list of " + Menu.HOME + " leads to it");
            }
        }
        return problems;
    }

    /** A title first, and no level left out: whoever uses a screen reader goes by them. */
    private static void headings(Page page, List<String> problems) {
        int last = 0;
        for (Section section : page.sections()) {
            if (section.level() > last + 1) {
                problems.add(page.source() + ":1: the heading \"" + section.title() + "\" skips a level");
            }
            last = section.level();
        }
        if (page.sections().isEmpty() || page.sections().get(0).level() != 1) {
            problems.add(page.source() + ":1: a page begins with a title");
        }
    }
}
