package dev.holdfast.cli.command;

import dev.holdfast.cli.fetch.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far a fetch is: on a terminal in one line that is written over, elsewhere in a line every ten seconds. */
final class Terminal implements Progress, AutoCloseable {
    private static final long ELSEWHERE_NANOS = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private long last = System.nanoTime();
    private boolean open;

    Terminal(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void moved(String name, long done, long size, double bytesPerSecond) {
        long now = System.nanoTime();
        if (!terminal && now - last < ELSEWHERE_NANOS) {
            return;
        }
        last = now;
        String line = line(name, done, size, bytesPerSecond);
        if (terminal) {
            err.print("\r" + line + "\u001b[K");
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    static String line(String name, long done, long size, double bytesPerSecond) {
        String line = String.format(
                Locale.ROOT,
                "%s: %d %% of %.1f MB, %.1f MB/s",
                name,
                size == 0 ? 100 : (long) (100.0 * done / size),
                size / 1e6,
                bytesPerSecond / 1e6);
        return done < size && bytesPerSecond > 0 ? line + ", " + time((size - done) / bytesPerSecond) + " left" : line;
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
    }

    @Override
    public void says(String line) {
        end();
        err.println(line);
        err.flush();
    }

    /** Leaves the line as it is and begins another. */
    void end() {
        if (open) {
            err.println();
            open = false;
        }
    }

    @Override
    public void close() {
        end();
    }
}
