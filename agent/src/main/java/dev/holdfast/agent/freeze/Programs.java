package dev.holdfast.agent.freeze;

import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the operator's: no shell, no input, their output to the agent's own, never longer than allowed. */
final class Programs {
    private static final File NOTHING = new File("/dev/null");
    private static final Duration TO_DIE = Duration.ofSeconds(10);

    private Programs() {}

    /**
     * Runs one to its end.
     *
     * @param what it does, for messages
     * @throws CaptureFailed if it cannot be started, ends with another status than 0, or takes too long
     */
    static void run(String what, List<String> command, Map<String, String> environment, Duration most)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        // what the agent signs in with is no business of theirs
        builder.environment().remove(AgentKey.VARIABLE);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the program that should " + what + ", " + command.get(0) + ", cannot be started: " + e.getMessage()
                            + "\nHINT: give the whole path of an executable file",
                    e);
        }
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CaptureFailed(
                        "the program that should " + what + ", " + command.get(0)
                                + ", was not done after " + most.toSeconds()
                                + " s and was killed\nHINT: its output is in the agent's log; allow it more time if it needs it");
            }
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0) {
            throw new CaptureFailed("the program that should " + what + ", " + command.get(0) + ", ended with status "
                    + process.exitValue() + "\nHINT: its output is in the agent's log");
        }
    }

    /** With all that it started: a shell script's own death would leave its children at work. */
    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(TO_DIE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
