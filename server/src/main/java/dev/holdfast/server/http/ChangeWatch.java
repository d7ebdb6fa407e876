package dev.holdfast.server.http;

import java.net.InetAddress;
import java.time.Instant;

/**
 * Is told who tries to change what, and what comes of it. The port that {@code audit} fills. A throwable of
 * {@link #began}, {@link #ended} or {@link #refused} becomes the answer: what cannot be recorded is not answered.
 */
public interface ChangeWatch {
    /** Does not care. */
    ChangeWatch NONE = new ChangeWatch() {
        @Override
        public void began(ChangeAttempt attempt) {}

        @Override
        public void ended(ChangeAttempt attempt, int status, String errorCode) {}

        @Override
        public void refused(ChangeAttempt attempt, int status, String errorCode) {}

        @Override
        public void signInFailed(InetAddress from, String name, Instant at) {}
    };

    /** The handler is about to run, on this very thread. May block. */
    void began(ChangeAttempt attempt);

    /**
     * The handler has run, on this very thread: called once for each {@link #began}. May block.
     *
     * @param status of the answer
     * @param errorCode the documented code of an error, null when it has none
     */
    void ended(ChangeAttempt attempt, int status, String errorCode);

    /** The attempt did not get as far as its handler. On a worker; may block. */
    void refused(ChangeAttempt attempt, int status, String errorCode);

    /**
     * Credentials proved nobody. Anybody can cause this as often as they like, so it must neither block nor grow.
     *
     * @param name of an existing key whose digest was wrong, null for any other failure
     */
    void signInFailed(InetAddress from, String name, Instant at);
}
