package dev.holdfast.documentation.link;

import dev.holdfast.documentation.link.Destination.Kind;
import dev.holdfast.documentation.page.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Follows links, with all pages at hand. */
public final class Links {
    /** Only what lies in here becomes part of the site. */
    public static final String DOCS = "docs/";

    private final Path root;
    private final Map<String, Page> pages;

    /**
     * Takes what there is.
     *
     * @param root the project's folder
     * @param pages all pages, by their source
     */
    public Links(Path root, Map<String, Page> pages) {
        this.root = root;
        this.pages = pages;
    }

    /** The path of a page in the site: {@code cli.html}, {@code decisions/index.html}. */
    public static String target(String source) {
        String path = source.substring(DOCS.length());
        return path.replaceFirst("(^|/)README\\.md$", "$1index.md").replaceFirst("\\.md$", ".html");
    }

    /** What leads from a page of the site to its top folder: empty, or {@code ../}. */
    public static String up(String source) {
        return "../".repeat((int) target(source).chars().filter(c -> c == '/').count());
    }

    /** Follows a link of a page. */
    public Destination follow(Page from, String link) {
        if (link.startsWith("https://") || link.startsWith("http://") || link.startsWith("mailto:")) {
            return new Destination(Kind.WORLD, link, "");
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        String anchor = hash < 0 ? "" : link.substring(hash + 1);
        String source = path.isEmpty() ? from.source() : resolve(from.source(), path);
        if (source == null || path.startsWith("/")) {
            return broken(link + " leads out of the project");
        }
        Page page = pages.get(source);
        if (page == null && Files.isDirectory(root.resolve(source))) {
            page = pages.get(source.replaceFirst("/$", "") + "/README.md");
        }
        if (page == null) {
            return file(from, link, source, anchor);
        }
        if (!anchor.isEmpty() && !page.has(anchor)) {
            return broken(link + ": " + page.source() + " has no heading with that anchor");
        }
        if (!page.source().startsWith(DOCS)) {
            return new Destination(Kind.SOURCE, "", page.source());
        }
        String href = path.isEmpty() ? "" : up(from) + target(page.source());
        return new Destination(Kind.PAGE, href + (anchor.isEmpty() ? "" : "#" + anchor), page.source());
    }

    private Destination file(Page from, String link, String source, String anchor) {
        if (!Files.exists(root.resolve(source))) {
            return broken(link + ": there is no " + source);
        }
        if (!anchor.isEmpty()) {
            return broken(link + ": only pages have anchors");
        }
        return source.startsWith(DOCS) && Files.isRegularFile(root.resolve(source))
                ? new Destination(Kind.FILE, up(from) + source.substring(DOCS.length()), source)
                : new Destination(Kind.SOURCE, "", source);
    }

    private static String up(Page from) {
        return from.source().startsWith(DOCS) ? up(from.source()) : "";
    }

    private static String resolve(String source, String path) {
        Path parent = Path.of(source).getParent();
        Path to = (parent == null ? Path.of(path) : parent.resolve(path)).normalize();
        return to.startsWith("..") ? null : to.toString().replace('\\', '/');
    }

    private static Destination broken(String why) {
        return new Destination(Kind.BROKEN, "", why);
    }
}
