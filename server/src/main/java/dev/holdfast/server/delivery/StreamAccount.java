package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * What one running answer charges and counts, off the event loop and in the order it was asked for: an end that overtook
 * a charge would leave that charge behind for ever.
 */
final class StreamAccount {
    private final Ledgers ledgers;
    private final Executor workers;
    private final Clock clock;
    private final JobId job;
    private final long size;
    private final String stream;
    private final InetAddress from;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    StreamAccount(
            Ledgers ledgers, Executor workers, Clock clock, JobId job, long size, String stream, InetAddress from) {
        this.from = from;
        this.ledgers = ledgers;
        this.workers = workers;
        this.clock = clock;
        this.job = job;
        this.size = size;
        this.stream = stream;
    }

    /** As {@link AttemptLedger#send}; gives how far the answer may go. */
    CompletableFuture<Long> send(long sentTo, long from, long to) {
        return next(() -> ledgers.send(job, size, stream, sentTo, from, to, this.from, clock.instant()));
    }

    /** As {@link AttemptLedger#end}. */
    CompletableFuture<Void> end(long sentTo, long handedTo) {
        return next(() -> {
            ledgers.end(job, size, stream, sentTo, handedTo, from, clock.instant());
            return null;
        });
    }

    /** Bytes to charge at once. */
    long unit() {
        return Ledgers.unit(size);
    }

    private <T> CompletableFuture<T> next(Supplier<T> work) {
        CompletableFuture<T> result;
        try {
            result = last.handleAsync((done, failure) -> work.get(), workers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e); // the process is shutting down
        }
        last = result;
        return result;
    }
}
