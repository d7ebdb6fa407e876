package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentApi.SegmentsStored;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.PartUpload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the two binary bodies of the agent API, in which nothing is trusted: ids of an offer, and frames with segments.
 * Every length is checked before the first segment is stored, so a cut body changes nothing.
 */
final class Frames {
    private final int blockSize;

    /** For a store with blocks of that size. */
    Frames(int blockSize) {
        this.blockSize = blockSize;
    }

    /**
     * Answers an offer.
     *
     * @return a bit per id, bit i is bit i%8 of byte i/8: 1 = send it
     */
    byte[] offer(byte[] body, PartUpload upload) {
        if (body.length % BlockId.LENGTH != 0 || body.length > AgentApi.MAX_OFFER * BlockId.LENGTH) {
            throw bad("an offer is up to " + AgentApi.MAX_OFFER + " ids of " + BlockId.LENGTH + " bytes, not "
                    + body.length + " bytes");
        }
        List<BlockId> blocks = new ArrayList<>(body.length / BlockId.LENGTH);
        for (int at = 0; at < body.length; at += BlockId.LENGTH) {
            blocks.add(BlockId.of(body, at));
        }
        BitSet missing = upload.missing(blocks);
        byte[] bits = new byte[(blocks.size() + 7) / 8];
        byte[] set = missing.toByteArray();
        System.arraycopy(set, 0, bits, 0, set.length);
        return bits;
    }

    /**
     * Stores segments in the order they came.
     *
     * @throws Refusal VALIDATION_ERROR for lengths that do not fit, before anything is stored, and for a segment that
     *     is not its block, after the frames before it were: they are found again by the next offer
     */
    SegmentsStored store(byte[] body, PartUpload upload) {
        List<IncomingBlock> frames = split(body);
        try {
            int stored = upload.putAll(frames);
            return new SegmentsStored(stored, frames.size() - stored);
        } catch (PartUpload.BadIncoming e) {
            throw bad("frame " + e.index() + ", block " + frames.get(e.index()).block() + ": " + e.getMessage());
        }
    }

    private List<IncomingBlock> split(byte[] body) {
        List<IncomingBlock> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(body);
        while (rest.hasRemaining()) {
            String where = "frame " + frames.size() + " at byte " + rest.position();
            if (rest.remaining() < AgentApi.FRAME_HEADER) {
                throw bad(where + " is cut off in its header");
            }
            BlockId block = BlockId.read(rest);
            int plainLength = rest.getInt();
            int storedLength = rest.getInt();
            if (plainLength < 1 || plainLength > blockSize) {
                throw bad(where + ": a block has 1 to " + blockSize + " bytes, not " + plainLength);
            }
            if (storedLength < 1 || storedLength > SegmentEncoder.maxLength(plainLength)) {
                throw bad(where + ": a segment of " + plainLength + " bytes has 1 to "
                        + SegmentEncoder.maxLength(plainLength) + " bytes, not " + storedLength);
            }
            if (storedLength > rest.remaining()) {
                throw bad(where + " is cut off: " + rest.remaining() + " of " + storedLength + " bytes are there");
            }
            frames.add(new IncomingBlock(block, plainLength, body, rest.position(), storedLength));
            rest.position(rest.position() + storedLength);
        }
        return frames;
    }

    private static Refusal bad(String what) {
        return new Refusal(ErrorCode.VALIDATION_ERROR, what);
    }
}
