package dev.holdfast.e2e;

import dev.holdfast.documentation.block.Block;
import dev.holdfast.documentation.page.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands of one page, run from top to bottom in one bash that stops at the first failure, and their outputs held
 * against what the page says.
 */
final class PageRun {
    private static final int SECONDS = 300;
    /** Folders that a page names and a test has below its own. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?<![\\w./${}~-])/(?=(?:var/lib|etc/holdfast|srv|mnt|restore)(?:[/\\s\"':;)]|$))");

    private final Page page;
    private final Path folder;
    private final List<Integer> ports;
    private final List<String> failures = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private int done;
    private double seconds;

    /** Runs in {@code folder}, which is prepared; {@code ports} stand for 8080 and 8443. */
    PageRun(Page page, Path folder, List<Integer> ports) {
        this.page = page;
        this.folder = folder;
        this.ports = ports;
    }

    /** Does it; {@code bin} is first on the path. */
    void run(Path bin) throws IOException, InterruptedException {
        page.blocks().blocks().stream().filter(one -> one.fence().run()).forEach(blocks::add);
        Path outputs = Files.createDirectory(folder.resolve(".out"));
        Path script = Files.writeString(outputs.resolve("script"), script());
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputs.resolve("rest").toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
        long began = System.nanoTime();
        Process bash = builder.start();
        boolean ended = bash.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            List<ProcessHandle> started = bash.descendants().toList();
            bash.destroyForcibly().waitFor();
            started.forEach(ProcessHandle::destroyForcibly);
        }
        seconds = (System.nanoTime() - began) / 1e9;
        done = Files.exists(outputs.resolve("done"))
                ? Files.readAllLines(outputs.resolve("done")).size()
                : 0;
        if (done < blocks.size()) {
            Block failed = blocks.get(done);
            failures.add(where(failed) + (ended ? " failed" : " did not end within " + SECONDS + " s") + "\n"
                    + failed.text() + "--- printed:\n" + output(done) + rest());
        }
        for (int i = 0; i < done; i++) {
            compare(i);
        }
    }

    /** How many blocks ran to their end. */
    int done() {
        return done;
    }

    /** How many blocks the page has that somebody could type. */
    int commands() {
        return (int) page.blocks().blocks().stream()
                .filter(block -> block.fence().commands())
                .count();
    }

    /** How many of them say why they are not run. */
    int reasons() {
        return (int) reasoned().count();
    }

    /** The page, its figures, and every reason. */
    String line() {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-48s %4d run %4d not  %5.1f s", page.source(), done, reasons(), seconds));
        reasoned()
                .forEach(block -> line.append("\n    line ")
                        .append(block.line())
                        .append(": ")
                        .append(block.fence().reason()));
        return line.toString();
    }

    private Stream<Block> reasoned() {
        return page.blocks().blocks().stream()
                .filter(block -> !block.fence().reason().isEmpty());
    }

    /** What went wrong. */
    List<String> failures() {
        return failures;
    }

    private String script() {
        // a server that a page starts ends with the page
        StringBuilder script = new StringBuilder("set -euo pipefail\n"
                + "trap 'for job in $(jobs -p); do kill \"$job\" 2>/dev/null || true; done; wait' EXIT\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append("{\n")
                    .append(here(blocks.get(i).text()))
                    .append("} > '" + folder + "/.out/" + i + "' 2>&1 </dev/null\n")
                    .append("echo " + i + " >> '" + folder + "/.out/done'\n");
        }
        return script.toString();
    }

    private void compare(int i) throws IOException {
        List<Block> all = page.blocks().blocks();
        int next = all.indexOf(blocks.get(i)) + 1;
        if (next < all.size() && all.get(next).fence().output()) {
            String actual = output(i);
            if (!Expected.matches(all.get(next).text(), actual)) {
                failures.add(where(all.get(next)) + " does not say what is printed\n"
                        + all.get(next).text() + "--- printed:\n" + actual);
            }
        }
    }

    private String where(Block block) {
        return page.source() + ":" + block.line();
    }

    private String here(String text) {
        return ELSEWHERE
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(folder + "/"))
                .replaceAll("\\b8080\\b", ports.get(0).toString())
                .replaceAll("\\b8443\\b", ports.get(1).toString());
    }

    /** As it would have been without {@link #here}. */
    private String output(int i) throws IOException {
        Path file = folder.resolve(".out/" + i);
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        return text.replaceAll(Pattern.quote(folder.toString()) + "(?=/(?:var|etc|srv|mnt|restore))", "")
                .replaceAll("\\b" + ports.get(0) + "\\b", "8080")
                .replaceAll("\\b" + ports.get(1) + "\\b", "8443");
    }

    private String rest() throws IOException {
        return Files.readString(folder.resolve(".out/rest"), StandardCharsets.ISO_8859_1);
    }
}
