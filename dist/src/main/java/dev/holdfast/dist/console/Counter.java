package dev.holdfast.dist.console;

import java.io.PrintWriter;

/** One line that is written over, on a terminal; elsewhere nothing. */
public final class Counter implements AutoCloseable {
    private static final long EVERY = 200_000_000L;

    private final PrintWriter out;
    private final boolean terminal = System.console() != null;
    private long next = System.nanoTime();

    /** Shows it on {@code out}. */
    public Counter(PrintWriter out) {
        this.out = out;
    }

    /** Shows {@code line}, unless something was shown a moment ago. */
    public void show(String line) {
        long now = System.nanoTime();
        if (terminal && now >= next) {
            next = now + EVERY;
            out.print("\r" + line + "\u001b[K");
            out.flush();
        }
    }

    @Override
    public void close() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
