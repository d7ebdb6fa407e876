package dev.holdfast.server.drill;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * WiredTiger's own opinion of a restored directory: {@code wt} opens it, recovery included, and verifies each table. It
 * writes into the directory, which is why it is given a scratch one.
 */
public final class WiredTigerVerify {
    private static final long MOST_HOURS = 12;
    private static final List<String> LIBRARIES = List.of("/usr/lib", "/usr/lib64", "/usr/local/lib");
    private static final String SNAPPY = "libwiredtiger_snappy.so";
    private static final int MOST_TOLD = 600;

    private final String path;

    /** @param path where programs are looked for, as the variable PATH; null for nowhere */
    public WiredTigerVerify(String path) {
        this.path = path == null ? "" : path;
    }

    /**
     * What it said.
     *
     * @param good false if a table is damaged or the directory does not open
     * @param text for people: how many tables, or why nothing was asked
     */
    public record Opinion(boolean good, String text) {}

    /** Whether there is a {@code wt} to ask. */
    public boolean isInstalled() {
        return program().isPresent();
    }

    /**
     * Verifies every table.
     *
     * @param directory a restored data directory that nobody needs any more
     * @throws Unavailable if {@code wt} cannot be run
     */
    public Opinion verify(Path directory) {
        if (!Files.exists(directory.resolve("WiredTiger.wt"))) {
            return new Opinion(true, "NOT CHECKED BY WIREDTIGER: no WiredTiger.wt in it, so it is of another engine");
        }
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return new Opinion(
                    true, "NOT CHECKED BY WIREDTIGER: wt is not installed (Debian, Ubuntu: apt install wiredtiger)");
        }
        try {
            // mongod makes it when it opens a restored directory; wt only looks for it
            Path lock = directory.resolve("WiredTiger.lock");
            if (Files.notExists(lock)) {
                Files.createFile(lock);
            }
            Run list = wt(program.get(), directory, "-R", "list");
            if (list.exit != 0) {
                return new Opinion(false, "WiredTiger does not open it: " + list.told());
            }
            int tables = 0;
            for (String uri : list.out.lines().toList()) {
                if (uri.startsWith("table:") || uri.startsWith("file:")) {
                    Run verified = wt(program.get(), directory, "verify", uri);
                    if (verified.exit != 0) {
                        return new Opinion(false, "WiredTiger finds " + uri + " damaged: " + verified.told());
                    }
                    tables++;
                }
            }
            return new Opinion(true, "WiredTiger verified " + tables + " tables");
        } catch (IOException e) {
            throw new Unavailable("wt cannot be run: " + e + "\nHINT: does " + program.get() + " start by hand?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("the drill was interrupted\nHINT: begin it again.", e);
        }
    }

    private record Run(int exit, String out) {
        String told() {
            String text = out.strip();
            return text.length() <= MOST_TOLD ? text : text.substring(text.length() - MOST_TOLD);
        }
    }

    private static Run wt(Path program, Path directory, String... words) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of(program.toString(), "-h", directory.toString(), "-C", options(directory)));
        all.addAll(Arrays.asList(words));
        Path out = Files.createTempFile(directory.toAbsolutePath().getParent(), "wt", ".out");
        try {
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                boolean ended = process.waitFor(MOST_HOURS, TimeUnit.HOURS);
                return new Run(
                        ended ? process.exitValue() : 1,
                        Files.readString(out, StandardCharsets.ISO_8859_1)
                                + (ended ? "" : "\n(it did not end within " + MOST_HOURS + " hours)"));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** As mongod opens it: its journal, compressed with the library that mongod has built in. */
    private static String options(Path directory) throws IOException {
        String log = Files.isDirectory(directory.resolve("journal")) ? "log=(enabled,path=journal" : "log=(enabled";
        Optional<Path> snappy = snappy();
        return snappy.isEmpty() ? log + ")" : log + ",compressor=snappy),extensions=[" + snappy.get() + "]";
    }

    private static Optional<Path> snappy() throws IOException {
        for (String folder : LIBRARIES) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.find(Path.of(folder), 3, (file, about) -> file.endsWith(SNAPPY))) {
                    Optional<Path> found = files.findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                } catch (java.io.UncheckedIOException e) {
                    // a folder that we may not look into
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Path> program() {
        return Arrays.stream(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "wt"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
