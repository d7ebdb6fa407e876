package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One client that listens. Lives on the event loop of its connection. Reads a few events, writes them, and reads on when
 * the socket has taken them: what is not written is in the table and nowhere else.
 */
final class EventStream {
    private static final int READ_AT_ONCE = 50;

    final GroupId group;
    final String caller;
    final Instant since;
    private final Events events;
    private final Executor readers;
    private final Context context;
    private final HttpServerResponse response;
    private final Runnable whenOver;
    private long after;
    private boolean reading;
    private boolean again;
    private boolean over;

    /** {@code after}: number of the last event that the client has; negative for the latest there is. */
    EventStream(
            GroupId group,
            String caller,
            Instant since,
            long after,
            Events events,
            Executor readers,
            Context context,
            HttpServerResponse response,
            Runnable whenOver) {
        this.group = group;
        this.caller = caller;
        this.since = since;
        this.after = after;
        this.events = events;
        this.readers = readers;
        this.context = context;
        this.response = response;
        this.whenOver = whenOver;
    }

    void start() {
        response.closeHandler(gone -> end());
        response.exceptionHandler(trouble -> end());
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // nginx would keep events until its buffer is full
                .putHeader("X-Accel-Buffering", "no");
        response.write("retry: 3000\n\n");
        read();
    }

    /** From any thread: there may be more. */
    void poke() {
        context.runOnContext(nothing -> read());
    }

    /** From any thread: a sign of life, so that neither side takes the other for dead. */
    void beat() {
        context.runOnContext(nothing -> {
            if (!over && !response.writeQueueFull()) {
                response.write(": beat\n\n");
            }
        });
    }

    /** From any thread: ends it; the client comes again. */
    void stop() {
        context.runOnContext(nothing -> {
            if (!over) {
                response.end();
                end();
            }
        });
    }

    private void read() {
        if (over) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> read());
            return;
        }
        reading = true;
        again = false;
        long from = after;
        try {
            readers.execute(() -> {
                try {
                    if (from < 0) {
                        long head = events.head(group);
                        context.runOnContext(nothing -> write(head, List.of()));
                    } else {
                        List<Event> more = events.after(group, from, READ_AT_ONCE);
                        context.runOnContext(nothing -> write(from, more));
                    }
                } catch (RuntimeException e) {
                    stop(); // the client comes again, and to another node perhaps
                }
            });
        } catch (RejectedExecutionException e) {
            stop(); // the server stops
        }
    }

    private void write(long from, List<Event> more) {
        reading = false;
        if (over) {
            return;
        }
        after = from;
        StringBuilder text = new StringBuilder();
        for (Event event : more) {
            if (event.seq() > after + 1) {
                text.append("event: lost\ndata: {\"after\":").append(after).append("}\n\n");
            }
            after = event.seq();
            text.append("id: ").append(event.seq()).append("\nevent: ").append(event.type());
            text.append("\ndata: ").append(event.text()).append("\n\n");
        }
        if (!text.isEmpty()) {
            response.write(text.toString());
        }
        if (again || more.size() == READ_AT_ONCE) {
            read();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            whenOver.run();
        }
    }
}
