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
    /** Packages are not pressed in tests; everything else is as it is handed out. */
    private static final Map<String, String> QUICK = Map.of("HOLDFAST_DEB_COMPRESSION", "none");

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

    /** The Debian packages once more with another version, which is all that an upgrade to the same build changes. */
    PackageBuild renamed(Path to, String version) throws IOException, InterruptedException {
        Command.bash(output, """
                mkdir '%1$s'
                for deb in *.deb; do
                  rm -rf '%1$s/tree'
                  dpkg-deb -R "$deb" '%1$s/tree'
                  sed -i 's/^Version: .*/Version: %2$s/' '%1$s/tree/DEBIAN/control'
                  name=${deb%%%%_*}
                  dpkg-deb --root-owner-group -Znone --build '%1$s/tree' '%1$s'/${name}_%2$s_${deb##*_}
                done
                """.formatted(to, version));
        return new PackageBuild(to);
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
