package dev.holdfast.agent.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * A body as it comes, piece by piece. The Java client's own stream swallows an interrupt and has no limit for silence;
 * a download needs both.
 */
final class Chunks implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    // one piece is asked for at a time, and the end may follow it
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(2);
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile Flow.Subscription subscription;
    private Event last;

    private record Event(List<ByteBuffer> bytes, Throwable trouble) {}

    static Chunks of(Flow.Publisher<List<ByteBuffer>> body) {
        Chunks chunks = new Chunks();
        body.subscribe(chunks);
        return chunks;
    }

    /**
     * The next piece, null at the end.
     *
     * @throws IOException if the connection broke, or nothing came for so long
     */
    List<ByteBuffer> next(Duration longest) throws IOException, InterruptedException {
        if (last == null) {
            subscribed.await();
            subscription.request(1);
            Event event = events.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new IOException("nothing came for " + longest.toSeconds() + " s");
            }
            if (event.bytes != null) {
                return event.bytes;
            }
            last = event;
        }
        if (last.trouble != null) {
            throw new IOException(last.trouble.getMessage(), last.trouble);
        }
        return null;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscribed.countDown();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        events.add(new Event(bytes, null));
    }

    @Override
    public void onError(Throwable trouble) {
        events.add(new Event(null, trouble));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null));
    }

    /** Gives up what is still to come, and the connection with it. */
    @Override
    public void close() {
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
