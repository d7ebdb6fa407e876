package dev.holdfast.agent.link;

import java.time.Duration;

/** Waits between two attempts. An argument, so that tests do not wait. */
public interface Pause {
    /** Sleeps. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /** Waits that long. */
    void pause(Duration duration) throws InterruptedException;

    /** The same; {@code why} is what went wrong, in a few words, for those who tell somebody. */
    default void pause(Duration duration, String why) throws InterruptedException {
        pause(duration);
    }
}
