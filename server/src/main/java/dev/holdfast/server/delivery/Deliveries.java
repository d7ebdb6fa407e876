package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.server.delivery.Reply.Download;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What all running answers of this process share.
 *
 * @param readers threads that read from the store
 * @param clerks threads that read and change rows
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
        Clock clock) {

    StreamAccount account(Download download) {
        return new StreamAccount(
                ledgers, clerks, clock, download.link().id(), download.archive().length(), download.stream());
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
