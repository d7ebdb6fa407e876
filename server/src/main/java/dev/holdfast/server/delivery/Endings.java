package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Answers whose last bytes are with the socket, but which are not counted yet. A client can have them, and ask for its
 * job, before the count is committed.
 */
final class Endings {
    private final Map<JobId, List<CompletableFuture<Void>>> running = new ConcurrentHashMap<>();

    /** Announces an end; the caller completes the result when it is counted. */
    CompletableFuture<Void> begin(JobId job) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        running.merge(
                job,
                List.of(end),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        end.whenComplete((done, failure) -> running.computeIfPresent(job, (id, some) -> {
            List<CompletableFuture<Void>> rest =
                    some.stream().filter(other -> other != end).toList();
            return rest.isEmpty() ? null : rest;
        }));
        return end;
    }

    /** Completes when every answer of a link that is ending now has been counted. */
    CompletableFuture<Void> counted(JobId job) {
        return CompletableFuture.allOf(running.getOrDefault(job, List.of()).toArray(CompletableFuture[]::new));
    }
}
