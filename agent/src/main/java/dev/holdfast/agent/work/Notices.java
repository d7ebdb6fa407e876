package dev.holdfast.agent.work;

/** Tells the one who looks after an agent what it does: a line for each thing. Safe for several threads. */
@FunctionalInterface
public interface Notices {
    /** Says a line, or several that belong together. */
    void say(String text);
}
