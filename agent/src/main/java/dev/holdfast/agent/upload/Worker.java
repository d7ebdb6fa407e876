package dev.holdfast.agent.upload;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hashes and encodes blocks. Belongs to one thread at a time. */
final class Worker {
    private final int blockSize;
    private final MessageDigest sha256;
    private final SegmentEncoder encoder;
    private final byte[] hash = new byte[BlockId.LENGTH];
    private final byte[] frame;
    private final byte[] zeros;

    Worker(int blockSize, SegmentLevel level) {
        this.blockSize = blockSize;
        this.encoder = new SegmentEncoder(level);
        this.frame = new byte[AgentApi.FRAME_HEADER + SegmentEncoder.maxLength(blockSize)];
        this.zeros = new byte[blockSize];
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The id of a block; a full block of zeros has one of its own, for it is never stored. */
    BlockId id(byte[] data, int offset, int length) {
        if (length == blockSize && Arrays.equals(data, offset, offset + length, zeros, 0, length)) {
            return FileListReader.ZERO_BLOCK;
        }
        sha256.update(data, offset, length);
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return BlockId.of(hash, 0);
    }

    /** The frame that carries a block: id, plain length, stored length, segment. */
    byte[] frame(BlockId id, byte[] data, int offset, int length) {
        int stored = encoder.encode(data, offset, length, frame, AgentApi.FRAME_HEADER);
        ByteBuffer header = ByteBuffer.wrap(frame);
        id.write(header);
        header.putInt(length).putInt(stored);
        return Arrays.copyOf(frame, AgentApi.FRAME_HEADER + stored);
    }
}
