package dev.holdfast.store.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A process of its own that dies. */
public final class KilledProcess {
    /** What its exit status says of one that was killed. */
    public static final int SIGKILL = 128 + 9;

    private KilledProcess() {}

    /** Runs a class in a process of its own; answers its exit status. */
    public static int run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = new ArrayList<>(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classPathWithoutLogback(),
                main.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /** Reading its configuration would be half of the life of the process. */
    private static String classPathWithoutLogback() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Kills this process. */
    public static void killSelf() {
        try {
            String self = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-9", self).start().waitFor();
            Thread.sleep(60_000);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
