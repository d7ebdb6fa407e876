package dev.holdfast.agent.upload;

import dev.holdfast.contract.segment.SegmentLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Some workers that share out blocks among themselves. Used by one stage at a time. */
final class Workers implements AutoCloseable {
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;

    Workers(int count, int blockSize, SegmentLevel level) {
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(blockSize, level));
        }
        threads = Executors.newFixedThreadPool(count, Threads.named("capture-worker"));
    }

    /** What is done to one of many things. */
    interface Task {
        void run(Worker worker, int index);
    }

    /** Does {@code task} for every index below {@code count}; returns when all of them are done. */
    void forEach(int count, Task task) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> shares = new ArrayList<>();
        for (Worker worker : workers) {
            shares.add(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    task.run(worker, i);
                }
                return null;
            });
        }
        for (Future<Void> share : threads.invokeAll(shares)) {
            try {
                share.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
