package dev.holdfast.server.snapshot.imports;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.tar.TarReader;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Cuts contents into blocks and puts those that the store has not got. For one thread. */
final class BlockPutter {
    private static final int BATCH = 64;

    private final PartUpload upload;
    private final int blockSize;
    private final BlockSpool spool;
    private final SegmentEncoder encoder;
    private final MessageDigest sha256 = Checksums.sha256();
    private final byte[] plain;
    private final byte[] segment;
    private final List<BlockId> blocks = new ArrayList<>();
    private final int[] lengths = new int[BATCH];

    BlockPutter(PartUpload upload, int blockSize, SegmentLevel level, BlockSpool spool) {
        this.upload = upload;
        this.blockSize = blockSize;
        this.spool = spool;
        this.encoder = new SegmentEncoder(level);
        this.plain = new byte[BATCH * blockSize];
        this.segment = new byte[SegmentEncoder.maxLength(blockSize)];
    }

    /** Puts the content of the entry that {@code tar} stands at. */
    void put(TarReader tar, long size) throws IOException {
        for (long left = size; left > 0; ) {
            int length = (int) Math.min(blockSize, left);
            int at = blocks.size() * blockSize;
            fill(tar, at, length);
            lengths[blocks.size()] = length;
            blocks.add(id(at, length));
            left -= length;
            if (blocks.size() == BATCH) {
                flush();
            }
        }
        flush();
    }

    private void fill(TarReader tar, int at, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int count = tar.read(plain, at + done, length - done);
            if (count < 0) {
                throw new EOFException("the archive changed while it was read");
            }
            done += count;
        }
    }

    private BlockId id(int at, int length) {
        if (length == blockSize && isZero(at)) {
            return FileListReader.ZERO_BLOCK;
        }
        sha256.update(plain, at, length);
        return BlockId.of(sha256.digest(), 0);
    }

    private void flush() throws IOException {
        if (blocks.isEmpty()) {
            return;
        }
        BitSet missing = upload.missing(blocks);
        for (int i = 0; i < blocks.size(); i++) {
            if (missing.get(i)) {
                int length = encoder.encode(plain, i * blockSize, lengths[i], segment, 0);
                // false where the batch has the block twice
                var unused = upload.put(blocks.get(i), lengths[i], segment, 0, length);
            }
            spool.add(blocks.get(i));
        }
        blocks.clear();
    }

    private boolean isZero(int at) {
        for (int i = at; i < at + blockSize; i++) {
            if (plain[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
