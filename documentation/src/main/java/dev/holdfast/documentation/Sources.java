package dev.holdfast.documentation;

import dev.holdfast.documentation.page.Page;
import dev.holdfast.documentation.page.PageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every Markdown file that a reader of the documentation meets: {@code docs}, and the two beside it.
 *
 * @param root the project's folder
 * @param pages by their path from there
 */
public record Sources(Path root, Map<String, Page> pages) {
    /** Reads them all. */
    public static Sources read(Path root) throws IOException {
        PageReader reader = new PageReader();
        Map<String, Page> pages = new TreeMap<>();
        for (String beside : new String[] {"README.md", "CONTRIBUTING.md"}) {
            pages.put(beside, reader.read(beside, Files.readString(root.resolve(beside))));
        }
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
                String source = root.relativize(file).toString().replace('\\', '/');
                pages.put(source, reader.read(source, Files.readString(file)));
            }
        }
        return new Sources(root, pages);
    }
}
