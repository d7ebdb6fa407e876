package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.fetch.ByteRanges.Range;
import dev.holdfast.cli.fetch.RangeConnection.Head;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** One of the parallel streams: asks for a piece, writes it down, and asks for the rest of it when it was cut. */
final class RangeReader implements Closeable {
    private static final long FIRST_DELAY = 500;
    private static final long LONGEST_DELAY = 30_000;
    private static final long NAP = 1000;

    private final Link link;
    private final Sink sink;
    private final Patience patience;
    private final AtomicReference<RangeConnection> open = new AtomicReference<>();
    private volatile long position = -1;
    private volatile boolean stopped;

    /** Where bytes go. */
    @FunctionalInterface
    interface Sink {
        /** Writes all of {@code bytes} to that place of the file. */
        void write(long position, ByteBuffer bytes) throws IOException;
    }

    /**
     * What to read.
     *
     * @param name for messages; the URL is a secret
     */
    record Link(SSLContext tls, URI url, String name, String tag, long size) {}

    /**
     * How often to try.
     *
     * @param retries in a row without a single byte
     */
    record Patience(int retries, Pause pause, RandomGenerator chance) {}

    RangeReader(Link link, Sink sink, Patience patience) {
        this.link = link;
        this.sink = sink;
        this.patience = patience;
    }

    /**
     * Reads all of {@code piece}.
     *
     * @throws CliTrouble if it cannot be had, or not for now after all retries
     */
    void read(Range piece) throws IOException, InterruptedException {
        long next = piece.from();
        int failures = 0;
        while (next < piece.to() && !stopped) {
            boolean reused = open.get() != null;
            Step step = attempt(new Range(next, piece.to()));
            if (step.position == next && reused && step.lost) {
                continue; // the server had closed a connection that nobody used: no failure of anybody's
            }
            failures = step.position > next ? 0 : failures + 1;
            next = step.position;
            if (next < piece.to() && !stopped) {
                if (failures > patience.retries()) {
                    throw CliTrouble.failed(
                            link.name() + ": gave up after " + failures + " attempts without a byte: " + step.why,
                            "run the same command again; it goes on where it was.");
                }
                pause(Math.max(step.delayMillis, delay(failures)));
            }
        }
    }

    /**
     * How an attempt ended.
     *
     * @param position the first byte that has not arrived
     * @param lost whether the connection broke
     */
    private record Step(long position, String why, long delayMillis, boolean lost) {}

    private long delay(int failures) {
        if (failures == 0) {
            return 0; // there was progress: go on at once
        }
        long longest = Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(10, failures - 1));
        return longest / 2 + patience.chance().nextLong(longest / 2 + 1);
    }

    /** In naps, for it is never interrupted: an interrupt would close the file under the others' hands. */
    private void pause(long millis) throws InterruptedException {
        for (long left = millis; left > 0 && !stopped; left -= NAP) {
            patience.pause().millis(Math.min(left, NAP));
        }
    }

    private Step attempt(Range range) throws IOException {
        long next = range.from();
        position = next;
        try {
            RangeConnection connection = connection();
            Head head = connection.ask(range, link.tag());
            if (LinkAnswer.isPassing(head.status())) {
                close(); // its body is not worth reading
                return new Step(next, "status " + head.status(), LinkAnswer.retryAfter(head.headers()), false);
            }
            if (head.status() != 206) {
                byte[] said = head.status() == 200 ? new byte[0] : connection.text(head);
                close();
                throw LinkAnswer.trouble(link.name(), head.status(), said);
            }
            if (!isRange(head, range)) {
                close();
                throw LinkAnswer.trouble(link.name(), 412, new byte[0]);
            }
            while (next < range.to()) {
                ByteBuffer bytes = connection.body(range.to() - next);
                int count = bytes.remaining();
                sink.write(next, bytes);
                next += count;
                position = next;
            }
            if (!head.stays()) {
                close();
            }
            return new Step(next, "", 0, false);
        } catch (CliTrouble trouble) {
            throw trouble;
        } catch (IOException e) {
            close();
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Step(next, why, 0, true);
        } finally {
            position = -1;
        }
    }

    private RangeConnection connection() throws IOException {
        RangeConnection now = open.get();
        if (now == null) {
            now = RangeConnection.open(link.url(), link.tls());
            open.set(now);
            if (stopped) {
                now.close(); // stopped while it connected
            }
        }
        return now;
    }

    private boolean isRange(Head head, Range range) {
        String expected = "bytes " + range.from() + "-" + (range.to() - 1) + "/" + link.size();
        return head.headers().firstValue("Content-Range").orElse("").equals(expected)
                && head.length() == range.length()
                && head.headers().firstValue("ETag").orElse(link.tag()).equals(link.tag());
    }

    /** Lets {@link #read} return early. From another thread. */
    void stop() {
        stopped = true;
        cut();
    }

    /** Place of the next byte that is awaited; negative while none is. */
    long position() {
        return position;
    }

    /** Cuts the connection; the reader takes it for a cut like any other. From another thread. */
    void cut() {
        RangeConnection now = open.get();
        if (now != null) {
            close(now);
        }
    }

    /** Ends the connection, if there is one. */
    @Override
    public void close() {
        RangeConnection now = open.getAndSet(null);
        if (now != null) {
            close(now);
        }
    }

    private static void close(RangeConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            return; // it is not used any more in any case
        }
    }
}
