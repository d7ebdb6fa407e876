package dev.holdfast.server.http;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A call whose handler writes the response itself; it may still answer like any other. Call it from any thread. */
public interface StreamCall extends Call {
    /** Ends the response with a JSON answer; nothing happens when the response has begun or the client is gone. */
    void answer(Answer answer);

    /**
     * Ends the response with the error document that {@code trouble} stands for (and logs it, if it is not a refusal).
     * When the response has begun, the connection is cut, so that the client cannot take the part for the whole.
     */
    void fail(Throwable trouble);

    /**
     * Runs blocking work on a worker and hands the result back on the request's event loop. A throwable of either goes
     * to {@link #fail}; so does the refusal when no worker is free (503).
     */
    <T> void work(Supplier<T> blocking, Consumer<T> onEventLoop);

    /** Whether the client prefers a gzip body to a plain one, or does not mind. */
    default boolean acceptsGzip() {
        return HeaderValues.acceptsGzip(header("Accept-Encoding"));
    }
}
