package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.StatusRefusal;
import dev.holdfast.server.http.StreamCall;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/holdfast/v1/groups/{groupId}/events}: server-sent events (HTML standard, section 9.2). One question to
 * the database per second finds what other nodes told; what this one tells is passed on at once.
 */
public final class EventStreams implements Routes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final int MOST = 200;
    private static final int MOST_OF_A_CALLER = 8;
    private static final long BEAT_EVERY = 15;
    private static final long PRUNE_EVERY = 3600;
    // a role that was taken away ends with its stream; the client has to prove itself again
    private static final Duration LIFE = Duration.ofHours(1);

    private final Events events;
    private final EventSettings settings;
    private final Clock clock;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<GroupId, Long> seen = new ConcurrentHashMap<>();
    private final ExecutorService readers;
    private final ScheduledExecutorService ticker;
    private volatile boolean closed;
    private long ticks;

    /** Does no I/O. */
    public EventStreams(Events events, EventSettings settings, Clock clock) {
        this.events = events;
        this.settings = settings;
        this.clock = clock;
        this.readers = Executors.newFixedThreadPool(2, work -> daemon(work, "events-reader"));
        this.ticker = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "events-ticker"));
        events.listen(this::told);
    }

    /** Begins to look for what other nodes tell. */
    public void start() {
        ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Clients that listen. */
    public int listening() {
        return open.size();
    }

    @Override
    public void addTo(RouteTable table) {
        table.addStream("GET", "/api/holdfast/v1/groups/{groupId}/events", Need.READ, this::listen);
    }

    private void listen(HttpServerRequest request, StreamCall call) {
        long after = after(call);
        String caller = call.caller().name();
        long ofCaller = open.stream().filter(one -> one.caller.equals(caller)).count();
        if (closed || open.size() >= MOST || ofCaller >= MOST_OF_A_CALLER) {
            throw new StatusRefusal(
                    503, "Too many clients listen to events. Try again later.", Map.of("Retry-After", "5"));
        }
        EventStream[] self = new EventStream[1];
        self[0] = new EventStream(
                call.group(),
                caller,
                clock.instant(),
                after,
                events,
                readers,
                Vertx.currentContext(),
                request.response(),
                () -> open.remove(self[0]));
        open.add(self[0]);
        request.resume();
        self[0].start();
    }

    private static long after(StreamCall call) {
        String text = call.header("Last-Event-ID") != null ? call.header("Last-Event-ID") : call.query("after");
        if (text == null || text.isBlank()) {
            return -1;
        }
        if (!text.strip().matches("[0-9]{1,18}")) {
            throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "Last-Event-ID");
        }
        return Long.parseLong(text.strip());
    }

    private void told(GroupId group) {
        open.stream().filter(one -> one.group.equals(group)).forEach(EventStream::poke);
    }

    private void tick() {
        try {
            ticks++;
            Instant now = clock.instant();
            open.stream().filter(one -> one.since.plus(LIFE).isBefore(now)).forEach(EventStream::stop);
            if (ticks % BEAT_EVERY == 0) {
                open.forEach(EventStream::beat);
            }
            if (ticks % PRUNE_EVERY == 0) {
                events.prune(now.minus(settings.keep()));
            }
            Set<GroupId> groups = open.stream().map(one -> one.group).collect(Collectors.toSet());
            seen.keySet().retainAll(groups);
            events.heads(groups).forEach((group, head) -> {
                if (!head.equals(seen.put(group, head))) {
                    told(group);
                }
            });
        } catch (RuntimeException e) {
            // a periodic task that throws would never run again
            log.warn("events cannot be looked for now; it is tried again", e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends every stream, so that a stop of the server need not wait for them; close it before the HTTP server. */
    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
        for (EventStream stream : open) {
            try {
                stream.stop();
            } catch (RejectedExecutionException e) {
                log.debug("the server stopped first", e);
            }
        }
        readers.shutdown();
    }
}
