package dev.holdfast.documentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import dev.holdfast.documentation.page.Section;
import java.util.List;

/**
 * What the search looks through: each section of each page. It is JSON in a call of a script, because browsers let a page
 * that was opened from a disk load scripts, and fetch nothing.
 */
final class SearchIndex {
    private final ArrayNode entries = new ObjectMapper().createArrayNode();

    void add(Page page) {
        for (Section section : page.sections()) {
            ObjectNode entry = entries.addObject();
            entry.put("url", Links.target(page.source()) + (section.level() == 1 ? "" : "#" + section.id()));
            entry.put("page", page.title());
            entry.put("title", section.title());
            entry.put("text", section.text());
        }
    }

    String script() throws JsonProcessingException {
        return "holdfastSearch(" + new ObjectMapper().writeValueAsString(entries) + ");\n";
    }

    static SearchIndex of(List<Page> pages) {
        SearchIndex index = new SearchIndex();
        pages.forEach(index::add);
        return index;
    }
}
