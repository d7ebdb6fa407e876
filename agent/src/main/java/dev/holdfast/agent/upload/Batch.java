package dev.holdfast.agent.upload;

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

    /** An entry, and how many blocks of the batch come before it. */
    record Placed(FileEntry entry, int blocksBefore) {}

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

    void clear() {
        entries.clear();
        wanted.clear();
        frames.clear();
        blocks = 0;
        bytes = 0;
    }

    boolean hasRoomForBlock(int length) {
        return blocks < MAX_BLOCKS && bytes + length <= BYTES;
    }

    boolean hasRoomForEntry() {
        return entries.size() < MAX_ENTRIES;
    }

    void add(FileEntry entry) {
        entries.add(new Placed(entry, blocks));
    }

    /** Adds a block whose bytes were put into {@link #data} from {@link #bytes} on. */
    void addBlock(int length) {
        offsets[blocks] = bytes;
        lengths[blocks] = length;
        blocks++;
        bytes += length;
    }
}
