package dev.holdfast.dist;

import dev.holdfast.agent.CaptureProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a capture is, on one line that is written over. Nothing is shown for work that is done within a second, nor
 * when the output is no terminal.
 */
public final class ProgressLine implements CaptureProgress, AutoCloseable {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long EVERY = 200_000_000L;

    private final PrintWriter out;
    private final String name;
    private final boolean terminal = System.console() != null;
    private final long start = System.nanoTime();
    private long last = start + FIRST_AFTER - EVERY;
    private boolean shown;

    /** Shows it on {@code out}; {@code name} says what is captured. */
    public ProgressLine(PrintWriter out, String name) {
        this.out = out;
        this.name = name;
    }

    @Override
    public synchronized void moved(State state) {
        long now = System.nanoTime();
        if (!terminal || now - last < EVERY) {
            return;
        }
        last = now;
        shown = true;
        double seconds = (now - start) / 1e9;
        double done = state.bytesInAll() == 0 ? 0 : (double) state.readBytes() / state.bytesInAll();
        out.print(String.format(
                Locale.ROOT,
                "\r%s: %s %3.0f %% of %,d MB, %.0f MB/s, %,d MB sent   ",
                name,
                state.step().name().toLowerCase(Locale.ROOT),
                done * 100,
                state.bytesInAll() / 1_000_000,
                state.readBytes() / 1e6 / seconds,
                state.sentBytes() / 1_000_000));
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (shown) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
