package dev.holdfast.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Those that read an archive in order while it comes in, each in a thread of its own. */
final class Followers implements AutoCloseable {
    private final Supplier<Arriving> archive;
    private final Received received;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "follow"));

    Followers(Supplier<Arriving> archive, Received received) {
        this.archive = archive;
        this.received = received;
    }

    /** What one does with the archive. */
    @FunctionalInterface
    interface Follower<T> {
        T follow(InputStream archive) throws IOException, InterruptedException;
    }

    /** Begins; if it ends badly, so does the download: there is no use for the rest. */
    <T> Future<T> add(Follower<T> follower) {
        return threads.submit(() -> {
            try {
                return follower.follow(archive.get());
            } catch (IOException e) {
                received.giveUp(e);
                throw e;
            } catch (RuntimeException e) {
                received.giveUp(new IOException(e.getMessage(), e));
                throw e;
            }
        });
    }

    /** What one came to. */
    static <T> T result(Future<T> end) throws IOException, InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Returns when none of them runs any more. */
    @Override
    public void close() {
        received.giveUp(new IOException("the download has ended"));
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a reader of the archive does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
