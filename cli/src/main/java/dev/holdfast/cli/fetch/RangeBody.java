package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Writes a body down while it comes in. The stream that HttpClient offers forgets what waits in it when the connection is
 * cut; here what has arrived is kept.
 */
final class RangeBody implements BodySubscriber<Void> {
    private final Range range;
    private final Sink sink;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Subscription subscription;
    private volatile boolean cut;
    private volatile long position;
    private volatile IOException unwritable;
    private volatile String why = "the connection was closed too early";

    /** Where bytes go. */
    @FunctionalInterface
    interface Sink {
        /** Writes all of {@code bytes} to that place of the file. */
        void write(long position, ByteBuffer bytes) throws IOException;
    }

    RangeBody(Range range, Sink sink) {
        this.range = range;
        this.sink = sink;
        this.position = range.from();
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (cut) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int bytes = buffer.remaining();
            if (cut || bytes == 0) {
                continue;
            }
            try {
                if (bytes > range.to() - position) {
                    throw new IOException("the server sent more bytes than were asked for");
                }
                sink.write(position, buffer);
                position += bytes; // only this thread writes it
            } catch (IOException e) {
                unwritable = e;
                cut();
                return;
            }
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable trouble) {
        why = trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
        end.complete(null);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    /** Ends it early. From any thread. */
    void cut() {
        cut = true;
        Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        end.complete(null); // a cancelled subscription is told nothing more
    }

    /** What was asked for. */
    Range range() {
        return range;
    }

    /** The first byte that has not arrived. */
    long position() {
        return position;
    }

    /** Why it ended before its time. */
    String why() {
        return why;
    }

    /** Complains if the disk was the trouble, and not the connection. */
    void requireWritten() throws IOException {
        if (unwritable != null) {
            throw unwritable;
        }
    }
}
