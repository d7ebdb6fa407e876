package dev.holdfast.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a node has opened, to be closed in the reverse order. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Closes {@code resource} before all that were kept earlier. */
    <T extends AutoCloseable> T keep(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes everything, whatever goes wrong with some of it; does nothing the second time. */
    @Override
    public synchronized void close() {
        IllegalStateException trouble = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                // what is below it must be closed all the same: rows and the store are the last
                if (trouble == null) {
                    trouble = new IllegalStateException("stopping: " + e.getMessage(), e);
                } else {
                    trouble.addSuppressed(e);
                }
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }
}
