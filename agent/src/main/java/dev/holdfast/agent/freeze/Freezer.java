package dev.holdfast.agent.freeze;

import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.id.HostId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * Freezes the data of one host around a piece of work, and lets it go whatever comes of that: trouble, an interrupt, the
 * death of the agent. For the last there is a mark in the state directory from before the freezing to after the thawing;
 * {@link #recover} lets go what an agent that died had frozen.
 */
public final class Freezer {
    private static final int THAW_ATTEMPTS = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final HostId host;
    private final FreezeCommands commands;
    private final Map<String, String> environment;
    private final Path mark;
    private final Pause pause;

    /**
     * Does no I/O.
     *
     * @param state directory for the mark; it must exist
     * @param environment further variables for the programs
     */
    public Freezer(HostId host, FreezeCommands commands, Path state, Map<String, String> environment, Pause pause) {
        this.host = host;
        this.commands = commands;
        this.environment = Map.copyOf(environment);
        this.mark = state.resolve("frozen-" + host);
        this.pause = pause;
    }

    /** What is done while the data is frozen. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws InterruptedException;
    }

    /**
     * Freezes, works, and lets go.
     *
     * @throws CaptureFailed if it cannot be frozen, or cannot be let go; the latter also when the work was done, for a
     *     database that stays frozen is the worse trouble
     */
    public <T> T around(Work<T> work) throws InterruptedException {
        if (commands.isEmpty()) {
            return work.run();
        }
        setMark();
        T result;
        try {
            if (!commands.freeze().isEmpty()) {
                Programs.run("freeze host " + host, commands.freeze(), environment, commands.freezeTime());
            }
            result = work.run();
        } catch (RuntimeException | InterruptedException | Error e) {
            try {
                thaw();
            } catch (CaptureFailed also) {
                e.addSuppressed(also);
                throw new CaptureFailed(also.getMessage() + "\nbefore that: " + e.getMessage(), e);
            }
            throw e;
        }
        thaw();
        return result;
    }

    /** Lets go what an agent that died had frozen; answers whether there was anything. */
    public boolean recover() {
        if (!Files.exists(mark)) {
            return false;
        }
        thaw();
        return true;
    }

    /** An interrupt waits until the data is let go. */
    private void thaw() {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    if (!commands.thaw().isEmpty()) {
                        Programs.run("let host " + host + " go", commands.thaw(), environment, commands.thawTime());
                    }
                    Files.deleteIfExists(mark);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    // half a thaw is none
                    attempt--;
                } catch (CaptureFailed e) {
                    if (attempt >= THAW_ATTEMPTS) {
                        throw new CaptureFailed(
                                "HOST " + host + " MAY STILL BE FROZEN: " + e.getMessage()
                                        + "; let it go by hand, the agent tries again when it is started",
                                e);
                    }
                    interrupted |= rest();
                } catch (IOException e) {
                    throw markTrouble("deleted", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean rest() {
        try {
            pause.pause(BETWEEN);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void setMark() {
        try (FileChannel file = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // on the disk before the freeze: a power cut in between must not forget it
            file.force(true);
        } catch (IOException e) {
            throw markTrouble("made", e);
        }
    }

    private CaptureFailed markTrouble(String what, IOException e) {
        return new CaptureFailed(
                "the mark " + mark + " cannot be " + what + ": " + e.getMessage()
                        + "\nHINT: the agent's state directory must exist, be its own, and have room",
                e);
    }
}
