package dev.holdfast.store;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.BadSegment;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * One part on its way in. Blocks are offered, those that are missing are put, and a commit makes the part. May be used
 * by several threads until it is committed or closed.
 *
 * <p>Order of the writes: bytes (packs), then the index, then the manifest; the caller then writes its row. A crash
 * anywhere before the manifest leaves blocks that nothing refers to.
 */
public interface PartUpload extends AutoCloseable {
    /** Which of {@code blocks} must be put; the others are pinned until this upload ends. Zero blocks are never missing. */
    BitSet missing(List<BlockId> blocks);

    /**
     * Takes a block in. The segment is not trusted: it is inflated, walked and hashed first.
     *
     * @param block its id, the SHA-256 of the plain bytes
     * @param plainLength bytes of the block
     * @param bytes holds the segment from {@code offset}, {@code length} bytes
     * @return true if it was new, false if it was there already
     * @throws dev.holdfast.contract.segment.BadSegment if the segment does not hold exactly that block
     */
    boolean put(BlockId block, int plainLength, byte[] bytes, int offset, int length);

    /**
     * Takes in blocks as {@link #put} does, in their order, at a part of the price: they are looked up together, and their
     * segments inflated two at once.
     *
     * @return how many were new; the others were there already
     * @throws BadIncoming for the first one whose segment does not hold exactly its block; those before it were taken in
     */
    int putAll(List<IncomingBlock> incoming);

    /**
     * Makes the part. Every reference is checked again.
     *
     * @param files what the data directory held, in archive order: its first entry is the data directory itself
     * @param frame what the archive has beside the files
     * @throws BlocksMissing if a block is not in the store; the upload stays open, put them and commit again
     * @throws IOException if the file list is malformed or cannot be read; the upload stays open
     * @throws dev.holdfast.store.blob.BlobExists if the part was committed before; that one is not changed
     */
    PartSummary commit(FileListReader files, ArchiveFrame frame) throws IOException;

    /** Ends the upload. Without a commit nothing refers to what was put. Does nothing the second time. */
    @Override
    void close();

    /** A block that was sent is not what it is said to be. */
    final class BadIncoming extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int index;

        /** Names its place among those that were sent together. */
        public BadIncoming(int index, BadSegment cause) {
            super(cause.getMessage(), cause);
            this.index = index;
        }

        /** Its place, from 0. */
        public int index() {
            return index;
        }
    }

    /** A commit named blocks that are not in the store. */
    final class BlocksMissing extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<BlockId> blocks;

        /** Lists the first of them, no more than {@link dev.holdfast.contract.agentapi.AgentApi#MAX_OFFER}. */
        public BlocksMissing(List<BlockId> blocks) {
            super(blocks.size() + " or more blocks are not in the store");
            this.blocks = List.copyOf(blocks);
        }

        /** The ids, never null. */
        public List<BlockId> blocks() {
            return blocks == null ? List.of() : blocks;
        }
    }
}
