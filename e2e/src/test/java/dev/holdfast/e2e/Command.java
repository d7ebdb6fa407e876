package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exit its exit status
 * @param out what it printed
 * @param err what it complained of
 */
record Command(int exit, String out, String err) {
    private static final int SECONDS = 420;

    /** Runs a program in {@code folder}. */
    static Command run(Path folder, List<String> words) throws IOException, InterruptedException {
        return run(folder, Map.of(), words);
    }

    /** Runs a program in {@code folder} with more environment. */
    static Command run(Path folder, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + SECONDS + " s");
            }
            return new Command(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1),
                    Files.readString(err, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Runs a program that must succeed. */
    static Command ok(Path folder, String... words) throws IOException, InterruptedException {
        Command done = run(folder, List.of(words));
        assertThat(done.exit)
                .as("%s%n%s%n%s", String.join(" ", words), done.out, done.err)
                .isZero();
        return done;
    }

    /** Runs a line of bash that must succeed. */
    static Command bash(Path folder, String line) throws IOException, InterruptedException {
        return ok(folder, "bash", "-c", "set -euo pipefail; " + line);
    }
}
