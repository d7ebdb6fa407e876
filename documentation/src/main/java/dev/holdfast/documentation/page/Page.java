package dev.holdfast.documentation.page;

import dev.holdfast.documentation.block.PageBlocks;
import java.util.List;
import java.util.Map;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * A page as it was read.
 *
 * @param source its path from the root of the project, with {@code /}: {@code docs/cli.md}
 * @param title its first heading
 * @param document its text
 * @param anchors of its headings
 * @param sections in their order
 * @param links in their order
 * @param blocks its code
 */
public record Page(
        String source,
        String title,
        Node document,
        Map<Heading, String> anchors,
        List<Section> sections,
        List<Link> links,
        PageBlocks blocks) {

    /** Whether something can be linked to by this anchor. */
    public boolean has(String anchor) {
        return sections.stream().anyMatch(one -> one.id().equals(anchor));
    }
}
