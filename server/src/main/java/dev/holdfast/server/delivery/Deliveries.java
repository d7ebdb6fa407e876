package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.server.delivery.Reply.Download;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all running answers of this process share.
 *
 * @param readers threads that read from the store
 * @param clerks threads that read and change rows
 * @param bytesSent bytes of archives that sockets took
 */
record Deliveries(
        DeliverySettings settings,
        Ledgers ledgers,
        BrokenLinks brokenLinks,
        Endings endings,
        Running running,
        Slabs slabs,
        Executor readers,
        Executor clerks,
        LongAdder bytesSent,
        Clock clock) {

    StreamAccount account(Download download) {
        return new StreamAccount(
                ledgers,
                clerks,
                clock,
                download.link().id(),
                download.archive().length(),
                download.stream(),
                download.from());
    }

    /** Marks a link off the event loop. */
    void damaged(JobId id, Corruption damage) {
        try {
            clerks.execute(() -> brokenLinks.damaged(id, damage));
        } catch (RejectedExecutionException e) {
            // the process is shutting down; the next download meets the same damage
        }
    }
}
