package dev.holdfast.documentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code ./site}. */
public final class Main {
    private Main() {}

    /**
     * Builds the site.
     *
     * @param words the project's folder, and the folder to write to
     */
    public static void main(String[] words) throws IOException {
        if (words.length != 2) {
            System.err.println("holdfast: it wants the project's folder and the folder to write to\nHINT: run ./site");
            System.exit(2);
        }
        Site site = new Site(Sources.read(Path.of(words[0]).toAbsolutePath().normalize()));
        List<String> problems = site.problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.err.println(
                    "holdfast: the site is not built: " + problems.size() + " problems in its pages"
                            + "\nHINT: each line above names a file and a line in it; decision 121 has the rules for code blocks.");
            System.exit(1);
        }
        Path folder = Path.of(words[1]);
        System.out.println(site.write(folder) + " pages: open " + folder.resolve("index.html"));
    }
}
