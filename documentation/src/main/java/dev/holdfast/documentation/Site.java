package dev.holdfast.documentation;

import dev.holdfast.documentation.block.Block;
import dev.holdfast.documentation.block.Setting;
import dev.holdfast.documentation.html.Frame;
import dev.holdfast.documentation.html.TextRenderer;
import dev.holdfast.documentation.link.Destination;
import dev.holdfast.documentation.link.Links;
import dev.holdfast.documentation.page.Page;
import dev.holdfast.documentation.page.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes the pages. */
public final class Site {
    private static final String DECISIONS = "docs/decisions/";
    /** More headings than this in the list at the top of a page hide what is below it. */
    private static final int MOST_CONTENTS = 60;

    private final Sources sources;
    private final Links links;
    private final Menu menu;

    /** Of what was read. */
    public Site(Sources sources) {
        this.sources = sources;
        this.links = new Links(sources.root(), sources.pages());
        this.menu = Menu.of(sources.pages().get(Menu.HOME), links);
    }

    /** What is wrong with the pages, each as {@code FILE:LINE: what}; empty when the site may be written. */
    public List<String> problems() {
        return Checks.problems(sources, links, menu);
    }

    /**
     * Writes everything below {@code folder}, over what is there.
     *
     * @return how many pages
     */
    public int write(Path folder) throws IOException {
        Frame frame = Frame.load();
        TextRenderer renderer = new TextRenderer(links);
        List<Page> pages = sources.pages().values().stream()
                .filter(page -> page.source().startsWith(Links.DOCS))
                .toList();
        Set<String> files = new TreeSet<>();
        for (Page page : pages) {
            put(folder.resolve(Links.target(page.source())), frame.fill(places(page, renderer)));
            page.links().stream()
                    .map(link -> links.follow(page, link.getDestination()))
                    .filter(to -> to.kind() == Destination.Kind.FILE)
                    .forEach(to -> files.add(to.what()));
        }
        for (String file : files) {
            put(
                    folder.resolve(file.substring(Links.DOCS.length())),
                    Files.readString(sources.root().resolve(file)));
        }
        put(folder.resolve("search-index.js"), SearchIndex.of(pages).script());
        for (String name : List.of("site.css", "site.js")) {
            put(folder.resolve(name), Frame.file(name));
        }
        return pages.size();
    }

    private Map<String, String> places(Page page, TextRenderer renderer) {
        Map<String, String> places = new LinkedHashMap<>();
        boolean home = page.source().equals(Menu.HOME);
        places.put("title", Frame.escape(home ? page.title() : page.title() + " – Holdfast"));
        places.put("up", Links.up(page.source()));
        places.put("menu", menu(page));
        String text = renderer.render(page);
        int afterTitle = text.indexOf("</h1>") + "</h1>".length();
        places.put("contents", text.substring(0, afterTitle) + contents(page));
        places.put(
                "text",
                text.substring(afterTitle) + (page.source().equals(DECISIONS + "README.md") ? decisions() : ""));
        places.put(
                "foot", setting(page) + "From <code>" + Frame.escape(page.source()) + "</code>. Holdfast, Apache-2.0.");
        return places;
    }

    private String menu(Page page) {
        StringBuilder html = new StringBuilder();
        String up = Links.up(page.source());
        String shown = page.source().startsWith(DECISIONS) ? DECISIONS + "README.md" : page.source();
        int number = 0;
        for (Menu.Group group : menu.groups()) {
            String id = "group-" + ++number;
            html.append("<p class=\"group\" id=\"" + id + "\">")
                    .append(Frame.escape(group.title()))
                    .append("</p>\n<ul aria-labelledby=\"" + id + "\">\n");
            for (Menu.Entry entry : group.pages()) {
                html.append("<li><a href=\"")
                        .append(up)
                        .append(Links.target(entry.source()))
                        .append(entry.source().equals(shown) ? "\" aria-current=\"page\">" : "\">")
                        .append(Frame.escape(entry.label()))
                        .append("</a></li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private static String setting(Page page) {
        List<Block> commands =
                page.blocks().blocks().stream().filter(one -> one.fence().run()).toList();
        if (commands.isEmpty() || page.blocks().setting().isEmpty()) {
            return "";
        }
        Setting setting = page.blocks().setting().get();
        return "A test runs the commands of this page, from top to bottom, " + setting.description()
                + ". It reads <code>/var/lib</code> and the like as folders of its own, and takes a free port. ";
    }

    private static String contents(Page page) {
        List<Section> shown = shown(page, 3);
        if (shown.size() > MOST_CONTENTS) {
            shown = shown(page, 2);
        }
        if (shown.size() < 3) {
            return "";
        }
        StringBuilder html = new StringBuilder("<nav class=\"contents\" aria-label=\"On this page\"><details"
                + (shown.size() > 20 ? "" : " open") + "><summary>On this page</summary>\n<ul>\n");
        for (Section section : shown) {
            html.append(section.level() == 3 ? "<li class=\"deeper\">" : "<li>")
                    .append("<a href=\"#")
                    .append(section.id())
                    .append("\">")
                    .append(Frame.escape(section.title()))
                    .append("</a></li>\n");
        }
        return html.append("</ul>\n</details></nav>\n").toString();
    }

    private static List<Section> shown(Page page, int deepest) {
        return page.sections().stream()
                .filter(one -> one.level() >= 2 && one.level() <= deepest)
                .toList();
    }

    /** One line for each decision: its title. */
    private String decisions() {
        List<String> lines = new ArrayList<>();
        for (Page page : sources.pages().values()) {
            if (page.source().matches(DECISIONS + "\\d{4}-.*\\.md")) {
                String target = Links.target(page.source()).substring("decisions/".length());
                lines.add("<li><a href=\"" + target + "\">" + Frame.escape(page.title()) + "</a></li>");
            }
        }
        return "<ul class=\"decisions\">\n" + String.join("\n", lines) + "\n</ul>\n";
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
