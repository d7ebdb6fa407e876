package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** One of the parallel streams: asks for a piece, writes it down, and asks for the rest of it when it was cut. */
final class RangeReader {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final long FIRST_DELAY = 500;
    private static final long LONGEST_DELAY = 30_000;

    private final Link link;
    private final RangeBody.Sink sink;
    private final Patience patience;
    private final AtomicReference<RangeBody> open = new AtomicReference<>();
    private volatile boolean stopped;

    /**
     * What to read.
     *
     * @param name for messages; the URL is a secret
     */
    record Link(HttpClient http, URI url, String name, String tag, long size) {}

    /**
     * How often to try.
     *
     * @param retries in a row without a single byte
     */
    record Patience(int retries, Pause pause, RandomGenerator chance) {}

    RangeReader(Link link, RangeBody.Sink sink, Patience patience) {
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
        long position = piece.from();
        int failures = 0;
        while (position < piece.to() && !stopped) {
            Step step = attempt(new Range(position, piece.to()));
            failures = step.position > position ? 0 : failures + 1;
            position = step.position;
            if (position < piece.to() && !stopped) {
                if (failures > patience.retries()) {
                    throw CliTrouble.failed(
                            link.name() + ": gave up after " + failures + " attempts without a byte: " + step.why,
                            "run the same command again; it goes on where it was.");
                }
                patience.pause().millis(Math.max(step.delayMillis, delay(failures)));
            }
        }
    }

    private record Step(long position, String why, long delayMillis) {}

    private long delay(int failures) {
        if (failures == 0) {
            return 0; // there was progress: go on at once
        }
        long longest = Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(10, failures - 1));
        return longest / 2 + patience.chance().nextLong(longest / 2 + 1);
    }

    private Step attempt(Range range) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(link.url())
                .header("Range", "bytes=" + range.from() + "-" + (range.to() - 1))
                .header("If-Match", link.tag())
                .timeout(ANSWER_LIMIT)
                .build();
        RangeBody body = new RangeBody(range, sink);
        open.set(body);
        try {
            HttpResponse<Optional<byte[]>> answer = link.http().send(request, info -> handler(info, body));
            if (LinkAnswer.isPassing(answer.statusCode())) {
                return new Step(range.from(), "status " + answer.statusCode(), LinkAnswer.retryAfter(answer));
            }
            if (answer.statusCode() != 206) {
                throw LinkAnswer.trouble(
                        link.name(), answer.statusCode(), answer.body().orElse(new byte[0]));
            }
            requireRange(answer, range);
        } catch (CliTrouble trouble) {
            throw trouble;
        } catch (IOException e) {
            body.onError(e);
        } finally {
            open.set(null);
        }
        body.requireWritten();
        return new Step(body.position(), body.why(), 0);
    }

    /** Only a right answer is written down; of another one nothing but its words is kept. */
    private BodySubscriber<Optional<byte[]>> handler(ResponseInfo info, RangeBody body) {
        if (info.statusCode() == 206 && isRange(info.headers(), body.range())) {
            return BodySubscribers.mapping(body, none -> Optional.empty());
        }
        if (info.statusCode() == 200 || info.statusCode() == 206) {
            body.cut(); // it may be the whole archive
            return BodySubscribers.mapping(body, none -> Optional.empty());
        }
        return BodySubscribers.mapping(BodySubscribers.ofByteArray(), Optional::of);
    }

    private boolean isRange(HttpHeaders headers, Range range) {
        String expected = "bytes " + range.from() + "-" + (range.to() - 1) + "/" + link.size();
        return headers.firstValue("Content-Range").orElse("").equals(expected)
                && headers.firstValue("ETag").orElse(link.tag()).equals(link.tag());
    }

    private void requireRange(HttpResponse<?> answer, Range range) throws IOException {
        if (!isRange(answer.headers(), range)) {
            throw LinkAnswer.trouble(link.name(), 412, new byte[0]);
        }
    }

    /** Lets {@link #read} return early. From another thread. */
    void stop() {
        stopped = true;
        cut();
    }

    /** Place of the next byte that is awaited; negative while none is. */
    long position() {
        RangeBody body = open.get();
        return body == null ? -1 : body.position();
    }

    /** Cuts the connection; the reader takes it for a cut like any other. From another thread. */
    void cut() {
        RangeBody body = open.get();
        if (body != null) {
            body.cut();
        }
    }
}
