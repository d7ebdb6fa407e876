package dev.holdfast.agent.upload;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the program alive. */
final class Threads {
    private Threads() {}

    static ThreadFactory named(String name) {
        return runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
