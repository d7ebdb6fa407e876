package dev.holdfast.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program, as a process of its own. */
final class Holdfast implements AutoCloseable {
    private static final int SECONDS = 90;
    private static final Pattern LISTENS = Pattern.compile("https?://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path output;

    private Holdfast(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The words that start the program, as the launcher puts them. */
    static List<String> words(String... arguments) {
        return wordsWithHeap(256, arguments);
    }

    /** The same with a heap of so many MiB. */
    static List<String> wordsWithHeap(int mib, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + mib + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("holdfast.lib") + "/*",
                "dev.holdfast.dist.Main"));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Runs a subcommand to its end. */
    static Command run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return Command.run(folder, environment, words(arguments));
    }

    /** Starts {@code demo} and waits for its env file. */
    static Holdfast demo(Path folder, Path envFile, String... arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(envFile);
        List<String> all = new ArrayList<>(List.of("demo", "--port", "0", "--env-file", envFile.toString()));
        all.addAll(List.of(arguments));
        Holdfast started = start(folder, Map.of(), all);
        started.await("the env file", () -> Files.exists(envFile));
        return started;
    }

    /** Starts {@code serve} and waits until it says where it listens. */
    static Holdfast serve(Path folder, String... arguments) throws IOException, InterruptedException {
        return serve(folder, Map.of(), arguments);
    }

    /** The same with more environment. */
    static Holdfast serve(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        Holdfast started = start(folder, environment, all);
        started.await(
                "a line that says where it listens",
                () -> LISTENS.matcher(started.output()).find());
        return started;
    }

    /** Starts {@code serve} with a heap of so many MiB. */
    static Holdfast serveWithHeap(Path folder, int mib, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        Holdfast started = startWords(folder, Map.of(), wordsWithHeap(mib, all.toArray(String[]::new)));
        started.await(
                "a line that says where it listens",
                () -> LISTENS.matcher(started.output()).find());
        return started;
    }

    /** Starts {@code agent} with its file. */
    static Holdfast agent(Path folder, Path config) throws IOException {
        return start(folder, Map.of(), List.of("agent", "--config", config.toString()));
    }

    private static Holdfast start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return startWords(folder, environment, words(arguments.toArray(String[]::new)));
    }

    private static Holdfast startWords(Path folder, Map<String, String> environment, List<String> words)
            throws IOException {
        Path output = Files.createTempFile(folder, "holdfast", ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Holdfast(builder.start(), output);
    }

    /** The base URL that it printed. */
    String baseUrl() {
        Matcher matcher = LISTENS.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no address in: " + output());
        }
        return matcher.group();
    }

    /** Everything it printed so far. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it as a power cut would. */
    void kill9() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it as Ctrl-C would. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
            throw new AssertionError("it did not end when asked to: " + output());
        }
    }

    /** How it ended; only after it did. */
    int exit() {
        return process.exitValue();
    }

    private void await(String what, BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!happened.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError("waited in vain for " + what + ": " + output());
            }
            Thread.sleep(20);
        }
    }

    /** The lines {@code NAME='value'} of an env file. */
    static Map<String, String> read(Path envFile) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(envFile)) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
        }
        return values;
    }
}
