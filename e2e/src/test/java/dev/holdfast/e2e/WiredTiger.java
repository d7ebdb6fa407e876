package dev.holdfast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real WiredTiger: Debian's {@code wt}, and directories built with its library. */
final class WiredTiger {
    /** Environment variable that {@code ./test} sets when WiredTiger is installed. */
    static final String INSTALLED = "HOLDFAST_TEST_WIREDTIGER";

    private final Path folder;
    private final String options;

    /** Works below {@code folder}. */
    WiredTiger(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        String snappy = Command.bash(folder, "find /usr/lib -name libwiredtiger_snappy.so -print -quit")
                .out()
                .trim();
        this.options = "log=(enabled,path=journal,compressor=snappy),extensions=[" + snappy + "]";
    }

    /** Builds a data directory with the generator of the samples. */
    Path build(String name, String... arguments) throws IOException, InterruptedException {
        Path generator = folder.resolve("make-dbpath");
        if (Files.notExists(generator)) {
            String source = Path.of(System.getProperty("holdfast.samples"), "make-dbpath.c")
                    .toString();
            Command.ok(folder, "gcc", "-O2", "-rdynamic", "-o", generator.toString(), source, "-lwiredtiger", "-ldl");
        }
        Path directory = folder.resolve(name);
        List<String> words = new java.util.ArrayList<>(List.of(generator.toString(), directory.toString()));
        words.addAll(List.of(arguments));
        Command.ok(folder, words.toArray(String[]::new));
        return directory;
    }

    /**
     * Opens a copy of a data directory (recovery included), verifies every table and dumps it.
     *
     * @return each table's dump
     */
    Map<String, String> content(Path directory) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory(folder, "copy").resolve("db");
        Command.ok(folder, "cp", "-a", directory.toString(), copy.toString());
        Map<String, String> tables = new TreeMap<>();
        for (String uri : wt(copy, "-R", "list").lines().toList()) {
            if (uri.startsWith("table:")) {
                String verified = wt(copy, "verify", uri);
                String dump = wt(copy, "dump", "-x", uri);
                tables.put(uri, verified + dump);
            }
        }
        return tables;
    }

    private String wt(Path directory, String... words) throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(List.of("wt", "-h", directory.toString(), "-C", options));
        all.addAll(List.of(words));
        return Command.ok(folder, all.toArray(String[]::new)).out();
    }
}
