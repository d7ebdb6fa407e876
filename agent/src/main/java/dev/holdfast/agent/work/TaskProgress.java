package dev.holdfast.agent.work;

/** Hears how far a task is; returns at once, and may be called from any thread. */
@FunctionalInterface
public interface TaskProgress {
    /** {@code done} of {@code total} bytes of a step; 0 in all when not known. */
    void at(String step, long done, long total);
}
