package dev.holdfast.dist.command;

import dev.holdfast.agent.link.Pause;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Waits, and says for what, so that nobody sits before a silent terminal for two minutes. */
final class ToldPause implements Pause {
    private static final long SHORT_MILLIS = 1000;

    private final PrintWriter out;

    ToldPause(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Pause.REAL.pause(duration);
    }

    @Override
    public void pause(Duration duration, String why) throws InterruptedException {
        // a hiccup is no news
        if (duration.toMillis() >= SHORT_MILLIS) {
            out.println(String.format(Locale.ROOT, "holdfast: %s; again in %.0f s", why, duration.toMillis() / 1000.0));
            out.flush();
        }
        pause(duration);
    }
}
