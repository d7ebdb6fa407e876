package dev.holdfast.agent.upload;

import dev.holdfast.agent.earlier.CaptureNotes;
import dev.holdfast.agent.link.AgentLink;
import dev.holdfast.agent.link.BlocksWanted;
import dev.holdfast.agent.source.DataDirectory;
import dev.holdfast.agent.source.DirectoryReading;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentLevel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;

/** Sends one part: everything between its begin and its commit. Made for one part, used once. */
public final class PartUpload implements AutoCloseable {
    private static final int MIN_BLOCK = 4 << 10;
    private static final int MAX_BLOCK = 4 << 20;
    // a pack that a full disk spoiled may take several rounds, for one names no more blocks than an offer has; but what
    // was just sent and is wanted again is a fault
    private static final int MAX_WANTED_AGAIN = 3;
    private static final int MAX_ROUNDS = 256;

    private final AgentLink link;
    private final PartId part;
    private final DataDirectory directory;
    private final int blockSize;
    private final SegmentLevel level;
    private final int threads;
    private final CaptureNotes notes;
    private final UploadListener listener;
    private final DirectoryReading reading;
    private final Path fileList;

    private PartUpload(
            AgentLink link,
            AgentApi.PartBegun begun,
            DataDirectory directory,
            int threads,
            CaptureNotes notes,
            UploadListener listener,
            Path fileList) {
        this.notes = notes;
        this.link = link;
        this.part = new PartId(begun.partId());
        this.directory = directory;
        this.blockSize = begun.blockSize();
        this.level = level(begun.level());
        this.threads = threads;
        this.listener = listener;
        this.reading = directory.read();
        this.fileList = fileList;
    }

    /**
     * Prepares to send; makes a temporary file, which {@link #close} deletes.
     *
     * @param begun what the server said when the part was begun
     * @param threads threads that hash and encode
     * @param notes tell what need not be read, and hear what was; the caller closes them
     */
    public static PartUpload open(
            AgentLink link,
            AgentApi.PartBegun begun,
            DataDirectory directory,
            int threads,
            CaptureNotes notes,
            UploadListener listener) {
        if (begun.blockSize() < MIN_BLOCK || begun.blockSize() > MAX_BLOCK) {
            throw new CaptureFailed("the server's blocks have " + begun.blockSize() + " bytes, this agent takes "
                    + MIN_BLOCK + " to " + MAX_BLOCK + "\nHINT: agent and server may be of different versions");
        }
        try {
            Path fileList = Files.createTempFile("holdfast-capture-", ".files");
            notes.begin(begun.blockSize());
            return new PartUpload(link, begun, directory, threads, notes, listener, fileList);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "no temporary file can be made: " + e.getMessage()
                            + "\nHINT: make room in the directory for temporary files (java.io.tmpdir)",
                    e);
        }
    }

    /** Reads the directory and sends what the server has not got. */
    public void send() throws InterruptedException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fileList), 1 << 16)) {
            FileListWriter list = new FileListWriter(out, blockSize);
            try (Workers workers = new Workers(threads, blockSize, level);
                    UploadPipeline pipeline = new UploadPipeline(link, part, workers, list, notes, listener)) {
                BatchFiller filler = new BatchFiller(pipeline, notes, listener, blockSize);
                reading.readInto(filler);
                filler.flush();
                pipeline.finish();
            }
            list.finish();
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the list of files cannot be written: " + e.getMessage()
                            + "\nHINT: make room in the directory for temporary files (java.io.tmpdir)",
                    e);
        }
    }

    /** Looks at the directory again; throws unless all is as it was when it was read. */
    public void requireUnchanged() throws InterruptedException {
        reading.requireUnchanged();
    }

    /** Commits, sending again what the server has lost meanwhile. */
    public AgentApi.PartCommitted commit() throws InterruptedException {
        Set<BlockId> sentBefore = Set.of();
        int wantedAgain = 0;
        for (int round = 1; ; round++) {
            try {
                AgentApi.PartCommitted committed = link.commit(part, fileList);
                notes.keep();
                return committed;
            } catch (BlocksWanted wanted) {
                wantedAgain += Collections.disjoint(sentBefore, wanted.blocks()) ? 0 : 1;
                sentBefore = wanted.blocks();
                if (wantedAgain == MAX_WANTED_AGAIN || round == MAX_ROUNDS) {
                    throw new CaptureFailed(
                            "the server still wants " + wanted.blocks().size()
                                    + " blocks after they were sent again\nHINT: see the server's log, and run verify on its"
                                    + " data",
                            wanted);
                }
                Resend resend = new Resend(link, part, directory, new Worker(blockSize, level), blockSize);
                listener.sent(resend.send(fileList, wanted.blocks()));
            }
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(fileList);
        } catch (IOException e) {
            // a leftover in the temporary directory harms nobody, and must not hide how the capture ended
            fileList.toFile().deleteOnExit();
        }
    }

    private static SegmentLevel level(String text) {
        try {
            return SegmentLevel.of(text);
        } catch (IllegalArgumentException e) {
            throw new CaptureFailed(
                    "the server asks for the unknown segment level " + text
                            + "\nHINT: agent and server may be of different versions",
                    e);
        }
    }
}
