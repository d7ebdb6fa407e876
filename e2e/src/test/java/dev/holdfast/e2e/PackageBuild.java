package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run of {@code ./package}. */
record PackageBuild(Path output) {
    /** Packages are pressed less hard in tests; everything else is as it is handed out. */
    private static final Map<String, String> QUICK = Map.of("HOLDFAST_XZ", "0");

    /** Where the sources are. */
    static Path sources() {
        return Path.of(System.getProperty("holdfast.samples")).toAbsolutePath().getParent();
    }

    /** Packs the build that the tests run with. */
    static PackageBuild ofThisBuild(Path output, String version, String... kinds)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--built", "--version", version, "--output", output.toString()));
        words.addAll(List.of(kinds));
        return run(sources(), Map.of(), output, words);
    }

    /** Runs it in a folder with sources. */
    static PackageBuild run(Path folder, Map<String, String> environment, Path output, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(folder.resolve("package").toString()));
        words.addAll(arguments);
        Map<String, String> all = new HashMap<>(QUICK);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putAll(environment);
        Command done = Command.run(folder, all, words);
        assertThat(done.exit()).as(done.out() + done.err()).isZero();
        return new PackageBuild(output);
    }

    /** The one file whose name matches. */
    Path file(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .toList();
            assertThat(found).as("files like %s in %s", pattern, output).hasSize(1);
            return found.get(0);
        }
    }

    /** What {@code SHA256SUMS} says, which must be true. */
    List<String> sums() throws IOException, InterruptedException {
        Command.ok(output, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
        return Files.readAllLines(output.resolve("SHA256SUMS"));
    }
}
