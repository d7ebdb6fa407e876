package dev.holdfast.cli;

/** Lets time pass; in tests none does. */
@FunctionalInterface
public interface Pause {
    /** Waits that long. */
    void millis(long millis) throws InterruptedException;
}
