package dev.holdfast.agent.upload;

import dev.holdfast.agent.earlier.CaptureNotes;
import dev.holdfast.agent.link.AgentLink;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two stages behind the reader, each with a thread of its own: one hashes, lists, offers and encodes a batch, the other
 * sends it. After the first failure every later batch is dropped, and the reader hears of it at its next one.
 */
final class UploadPipeline implements AutoCloseable {
    /** Batches in memory: one being read, one prepared, one sent, and one waiting between them. */
    static final int BATCHES = 4;

    private final AgentLink link;
    private final PartId part;
    private final Workers workers;
    private final FileListWriter list;
    private final CaptureNotes notes;
    private final UploadListener listener;
    private final ExecutorService preparing = Executors.newSingleThreadExecutor(Threads.named("capture-prepare"));
    private final ExecutorService sending = Executors.newSingleThreadExecutor(Threads.named("capture-send"));
    private final Semaphore free = new Semaphore(BATCHES);
    private final Queue<Batch> pool = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    // on their way in an earlier batch: to offer them again would only have them sent twice
    private final Set<BlockId> underway = ConcurrentHashMap.newKeySet();

    /** {@code list} is written by one thread at a time; the caller finishes it after {@link #finish}. */
    UploadPipeline(
            AgentLink link,
            PartId part,
            Workers workers,
            FileListWriter list,
            CaptureNotes notes,
            UploadListener listener) {
        this.notes = notes;
        this.link = link;
        this.part = part;
        this.workers = workers;
        this.list = list;
        this.listener = listener;
    }

    /** A batch to be filled, as soon as there is room for one. */
    Batch emptyBatch() throws InterruptedException {
        free.acquire();
        Batch batch = pool.poll();
        if (batch == null) {
            batch = new Batch();
        }
        if (failure.get() != null) {
            release(batch);
            throwFailure();
        }
        return batch;
    }

    /** Hands over a batch that was filled. */
    void submit(Batch batch) {
        preparing.execute(() -> step(batch, () -> {
            prepare(batch);
            sending.execute(() -> step(batch, () -> {
                send(batch);
                release(batch);
            }));
        }));
    }

    /** Waits until all batches have arrived; throws what went wrong with any of them. */
    void finish() throws InterruptedException {
        free.acquire(BATCHES);
        free.release(BATCHES);
        throwFailure();
    }

    @Override
    public void close() {
        preparing.shutdownNow();
        sending.shutdownNow();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void step(Batch batch, Step step) {
        if (failure.get() != null) {
            release(batch);
            return;
        }
        try {
            step.run();
        } catch (Throwable e) {
            // told to the reader, whatever it is: it must not wait for a batch that will not come back
            failure.compareAndSet(null, e);
            release(batch);
        }
    }

    private void prepare(Batch batch) throws IOException, InterruptedException {
        workers.forEach(batch.blocks, (worker, i) -> {
            if (!batch.isTakenOver(i)) {
                batch.ids[i] = worker.id(batch.data, batch.offsets[i], batch.lengths[i]);
            }
        });
        writeList(batch);
        Map<BlockId, Integer> unknown = new LinkedHashMap<>();
        for (int i = 0; i < batch.blocks; i++) {
            BlockId id = batch.ids[i];
            if (!batch.isTakenOver(i) && !id.equals(FileListReader.ZERO_BLOCK) && !underway.contains(id)) {
                unknown.putIfAbsent(id, i);
            }
        }
        if (unknown.isEmpty()) {
            renewLease();
            return;
        }
        List<BlockId> offer = new ArrayList<>(unknown.keySet());
        BitSet wanted = link.offer(part, offer);
        wanted.stream().filter(bit -> bit < offer.size()).forEach(bit -> batch.wanted.add(offer.get(bit)));
        underway.addAll(batch.wanted);
        byte[][] frames = new byte[batch.wanted.size()][];
        workers.forEach(frames.length, (worker, k) -> {
            int i = unknown.get(batch.wanted.get(k));
            frames[k] = worker.frame(batch.ids[i], batch.data, batch.offsets[i], batch.lengths[i]);
        });
        batch.frames.addAll(List.of(frames));
    }

    /** Lets the server know that we are still here: a long hole has nothing to offer, and it drops a silent part. */
    private void renewLease() throws InterruptedException {
        if (!link.offer(part, List.of(FileListReader.ZERO_BLOCK)).isEmpty()) {
            throw new IllegalStateException("the server wants the block of zeros, which is never sent");
        }
    }

    private void writeList(Batch batch) throws IOException {
        int block = 0;
        for (Batch.Placed placed : batch.entries) {
            block = writeBlocks(batch, block, placed.blocksBefore());
            list.entry(placed.entry());
            if (placed.identity() != null) {
                notes.file(placed.entry(), placed.identity());
            }
        }
        writeBlocks(batch, block, batch.blocks);
    }

    private int writeBlocks(Batch batch, int from, int to) throws IOException {
        for (int block = from; block < to; block++) {
            list.block(batch.ids[block]);
            notes.block(batch.ids[block]);
        }
        return to;
    }

    /** Whether the server has all of these blocks; it then keeps them for the part. */
    boolean isThere(List<BlockId> blocks) throws InterruptedException {
        return link.offer(part, blocks).isEmpty();
    }

    private void send(Batch batch) throws InterruptedException {
        if (!batch.frames.isEmpty()) {
            listener.sent(Frames.send(link, part, batch.frames));
        }
        batch.wanted.forEach(underway::remove);
    }

    private void release(Batch batch) {
        batch.clear();
        pool.add(batch);
        free.release();
    }

    private void throwFailure() throws InterruptedException {
        Throwable e = failure.get();
        if (e == null) {
            return;
        }
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e instanceof IOException io) {
            throw new CaptureFailed(
                    "the list of files cannot be written: " + io.getMessage()
                            + "\nHINT: make room in the directory for temporary files (java.io.tmpdir)",
                    io);
        }
        if (e instanceof InterruptedException) {
            throw new InterruptedException();
        }
        throw new IllegalStateException("a batch failed", e);
    }
}
