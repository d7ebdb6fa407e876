package dev.holdfast.agent.upload;

import dev.holdfast.agent.source.DirectoryReading;
import dev.holdfast.agent.source.SteadyFile;
import dev.holdfast.contract.agentapi.FileEntry;

/** Cuts what is read into blocks, and blocks into batches. */
final class BatchFiller implements DirectoryReading.Sink {
    private final UploadPipeline pipeline;
    private final UploadListener listener;
    private final int blockSize;
    private Batch batch;

    BatchFiller(UploadPipeline pipeline, UploadListener listener, int blockSize) {
        this.pipeline = pipeline;
        this.listener = listener;
        this.blockSize = blockSize;
    }

    @Override
    public void entry(FileEntry entry) throws InterruptedException {
        if (batch != null && !batch.hasRoomForEntry()) {
            flush();
        }
        open().add(entry);
    }

    @Override
    public void file(FileEntry entry, SteadyFile content) throws InterruptedException {
        entry(entry);
        for (long left = entry.size(); left > 0; ) {
            int length = (int) Math.min(blockSize, left);
            if (!open().hasRoomForBlock(length)) {
                flush();
            }
            Batch target = open();
            content.read(target.data, target.bytes, length);
            target.addBlock(length);
            left -= length;
        }
    }

    /** Hands over the last batch. */
    void flush() {
        if (batch != null) {
            listener.read(batch.entries.size(), batch.bytes);
            pipeline.submit(batch);
            batch = null;
        }
    }

    private Batch open() throws InterruptedException {
        if (batch == null) {
            batch = pipeline.emptyBatch();
        }
        return batch;
    }
}
