package dev.holdfast.dist.console;

import dev.holdfast.agent.CaptureProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a capture is: on a terminal one line that is written over, elsewhere a line every few seconds. Work that is
 * done at once shows nothing.
 */
public final class ProgressLine implements CaptureProgress, AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final PrintWriter out;
    private final String name;
    private final boolean terminal = System.console() != null;
    private final long every = terminal ? SECOND / 5 : 5 * SECOND;
    private final long start = System.nanoTime();
    private long next = start + Math.max(SECOND, every);
    private boolean shown;

    /** Shows it on {@code out}; {@code name} says what is captured. */
    public ProgressLine(PrintWriter out, String name) {
        this.out = out;
        this.name = name;
    }

    @Override
    public synchronized void moved(State state) {
        long now = System.nanoTime();
        if (now < next) {
            return;
        }
        next = now + every;
        shown = true;
        double seconds = (now - start) / 1e9;
        double done = state.bytesInAll() == 0 ? 1 : (double) state.readBytes() / state.bytesInAll();
        String line = String.format(
                Locale.ROOT,
                "%s: %s, %.0f %% of %,d MB, %.0f MB/s, %,d MB sent",
                name,
                state.step().name().toLowerCase(Locale.ROOT),
                done * 100,
                state.bytesInAll() / 1_000_000,
                state.readBytes() / 1e6 / seconds,
                state.sentBytes() / 1_000_000);
        out.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (shown && terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
