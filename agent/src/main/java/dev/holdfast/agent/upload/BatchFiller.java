package dev.holdfast.agent.upload;

import dev.holdfast.agent.earlier.CaptureNotes;
import dev.holdfast.agent.source.DirectoryReading;
import dev.holdfast.agent.source.FileIdentity;
import dev.holdfast.agent.source.SteadyFile;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.chunk.BlockId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Cuts what is read into blocks, and blocks into batches. */
final class BatchFiller implements DirectoryReading.Sink {
    private static final int FEWEST_TAKEN_OVER = 4;
    private static final int ASKED_AT_ONCE = AgentApi.MAX_OFFER;

    private final UploadPipeline pipeline;
    private final CaptureNotes notes;
    private final UploadListener listener;
    private final int blockSize;
    private Batch batch;

    BatchFiller(UploadPipeline pipeline, CaptureNotes notes, UploadListener listener, int blockSize) {
        this.notes = notes;
        this.pipeline = pipeline;
        this.listener = listener;
        this.blockSize = blockSize;
    }

    @Override
    public void entry(FileEntry entry) throws InterruptedException {
        add(entry, null);
    }

    private void add(FileEntry entry, FileIdentity identity) throws InterruptedException {
        if (batch != null && !batch.hasRoomForEntry()) {
            flush();
        }
        open().add(entry, identity);
    }

    @Override
    public boolean takesOver(FileEntry entry, FileIdentity identity) throws InterruptedException {
        // to ask about a few blocks takes about as long as to read them
        if (entry.blocks(blockSize) < FEWEST_TAKEN_OVER) {
            return false;
        }
        Optional<CaptureNotes.Blocks> noted = notes.unchanged(entry, identity);
        try {
            if (noted.isEmpty() || !serverHas(noted.get())) {
                return false;
            }
        } catch (IOException e) {
            notes.unreadable(e);
            return false;
        }
        add(entry, identity);
        CaptureNotes.Blocks blocks = noted.get();
        for (long first = 0; first < blocks.count(); first += ASKED_AT_ONCE) {
            for (BlockId id : again(entry, blocks, first)) {
                if (!open().hasRoomForBlock(0)) {
                    flush();
                }
                open().addTakenOver(id, blockSize);
            }
        }
        return true;
    }

    /** The server pins what it says it has. */
    private boolean serverHas(CaptureNotes.Blocks blocks) throws IOException, InterruptedException {
        for (long first = 0; first < blocks.count(); first += ASKED_AT_ONCE) {
            if (!pipeline.isThere(List.of(some(blocks, first)))) {
                return false;
            }
        }
        return true;
    }

    private static BlockId[] some(CaptureNotes.Blocks blocks, long first) throws IOException {
        return blocks.read(first, (int) Math.min(ASKED_AT_ONCE, blocks.count() - first));
    }

    /** Reads what was read a moment ago; half a file cannot be taken over. */
    private static BlockId[] again(FileEntry entry, CaptureNotes.Blocks blocks, long first) {
        try {
            return some(blocks, first);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the notes of the earlier capture cannot be read again for " + entry.displayPath() + ": "
                            + e.getMessage() + "\nHINT: capture without them, or see the system log for the disk",
                    e);
        }
    }

    @Override
    public void file(FileEntry entry, FileIdentity identity, SteadyFile content) throws InterruptedException {
        add(entry, identity);
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
            listener.read(batch.entries.size(), batch.bytes + batch.takenOver);
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
