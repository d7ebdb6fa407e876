package dev.holdfast.agent.upload;

import dev.holdfast.agent.source.FileIdentity;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.chunk.BlockId;
import java.util.ArrayList;
import java.util.List;

/** Some blocks in the order of the files, with the entries that come between them. Passed from stage to stage. */
final class Batch {
    /** Plain bytes in a batch: as many as surely fit into one request once they are segments in frames. */
    static final int BYTES = 15 << 20;

    private static final int MAX_BLOCKS = AgentApi.MAX_OFFER;
    private static final int MAX_ENTRIES = 16_384;

    private static final int TAKEN_OVER = -1;

    /** An entry, how many blocks of the batch come before it, and for a file what tells that it is the same one. */
    record Placed(FileEntry entry, int blocksBefore, FileIdentity identity) {}

    final byte[] data = new byte[BYTES];
    final int[] offsets = new int[MAX_BLOCKS];
    final int[] lengths = new int[MAX_BLOCKS];
    final BlockId[] ids = new BlockId[MAX_BLOCKS];
    final List<Placed> entries = new ArrayList<>();
    // what is to be sent of it, in order
    final List<BlockId> wanted = new ArrayList<>();
    final List<byte[]> frames = new ArrayList<>();
    int blocks;
    int bytes;
    // plain bytes of blocks whose ids were taken over, which are not in the batch
    long takenOver;

    void clear() {
        entries.clear();
        wanted.clear();
        frames.clear();
        blocks = 0;
        bytes = 0;
        takenOver = 0;
    }

    boolean hasRoomForBlock(int length) {
        return blocks < MAX_BLOCKS && bytes + length <= BYTES;
    }

    boolean hasRoomForEntry() {
        return entries.size() < MAX_ENTRIES;
    }

    void add(FileEntry entry, FileIdentity identity) {
        entries.add(new Placed(entry, blocks, identity));
    }

    /** Adds a block that the server has, of which only the id is known. */
    void addTakenOver(BlockId id, int length) {
        offsets[blocks] = TAKEN_OVER;
        ids[blocks++] = id;
        takenOver += length;
    }

    boolean isTakenOver(int block) {
        return offsets[block] == TAKEN_OVER;
    }

    /** Adds a block whose bytes were put into {@link #data} from {@link #bytes} on. */
    void addBlock(int length) {
        offsets[blocks] = bytes;
        lengths[blocks] = length;
        blocks++;
        bytes += length;
    }
}
